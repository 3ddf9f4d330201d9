import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  BACKUP_PATH,
  endpointUser,
  IDENTITY_PATH,
  LEASE_PATH,
  type LeaseRefusal,
  proveIdentity,
} from '@bellwether/warehouse';
import type { Route, RouteContext } from '../http/collaborators.ts';
import { type BackupRunner, runBackup } from './backup-route.ts';
import { answer, holdUntil } from './long-answer.ts';
import { type Holder, LeaseHeldError, type Leases } from './leases.ts';

export interface LeaseRouteOptions {
  leases: Leases;
  /** The key of the endpoint file. */
  key: string;
  backup: BackupRunner;
}

/** What the other commands of this account need, beside the ClickHouse interface. */
export function leaseRoutes(options: LeaseRouteOptions): Route[] {
  return [
    {
      method: 'GET',
      path: IDENTITY_PATH,
      handle: (_, response, { url }) => answerIdentity(response, options.key, url),
    },
    {
      method: 'POST',
      path: LEASE_PATH,
      handle: (request, response, context) => holdLease(options, request, response, context),
    },
    {
      method: 'POST',
      path: BACKUP_PATH,
      handle: (request, response, context) => runBackup(options, request, response, context),
    },
  ];
}

function answerIdentity(response: ServerResponse, key: string, url: URL): void {
  const proof = proveIdentity(key, url.searchParams.get('nonce') ?? '');
  const status = proof === undefined ? 400 : 200;
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(`${JSON.stringify(proof === undefined ? {} : { proof })}\n`);
}

/** The lease lasts as long as the answer: it never ends by itself. */
async function holdLease(
  { leases }: LeaseRouteOptions,
  request: IncomingMessage,
  response: ServerResponse,
  context: RouteContext,
): Promise<void> {
  const user = await context.authenticate();
  const { url, signal } = context;
  if (user.name !== endpointUser('operator')) {
    answer(response, 403, {});
    return;
  }
  const asked = parseHolder(url.searchParams);
  if (!asked) {
    answer(response, 400, {});
    return;
  }
  request.resume();
  const gone = AbortSignal.any([signal, leases.ended]);
  try {
    const lease = await takeLease(
      leases,
      asked,
      url.searchParams.get('wait') === '1' || leases.isDraining,
      response,
      gone,
    );
    try {
      await holdUntil(gone, response, `granted ${lease}\n`);
    } finally {
      leases.release(lease);
    }
  } catch (error) {
    if (error instanceof LeaseHeldError) {
      answer(response, 409, error.holder satisfies LeaseRefusal);
      return;
    }
    if (!gone.aborted) throw error;
  }
  response.destroy();
}

/** One that waits gets its head at once, and then knows that it was heard. */
async function takeLease(
  leases: Leases,
  asked: Omit<Holder, 'since'>,
  waits: boolean,
  response: ServerResponse,
  gone: AbortSignal,
): Promise<string> {
  const taking = leases.take(asked, waits, gone);
  if (!waits) return taking;
  const granted = new AbortController();
  const waiting = holdUntil(AbortSignal.any([gone, granted.signal]), response, '\n');
  try {
    return await taking;
  } finally {
    granted.abort();
    await waiting;
  }
}

/** Told to others as it stands, so it is held to a short name and a number. */
function parseHolder(query: URLSearchParams): Omit<Holder, 'since'> | undefined {
  const command = query.get('command') ?? '';
  const pid = Number(query.get('pid'));
  if (!/^[\w][\w .-]{0,60}$/.test(command) || !Number.isSafeInteger(pid)) return undefined;
  return { command, pid };
}
