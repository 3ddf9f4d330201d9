import type { IncomingMessage } from 'node:http';
import { BellwetherError } from '@bellwether/core';
import { z } from 'zod';
import { commandName } from '../folder-owner.ts';
import { endpointUser, LEASE_PATH } from './endpoint-proof.ts';
import type { Endpoint } from './find-endpoint.ts';
import { loopbackRequest, shortText } from './loopback-request.ts';

/** The right to write to a served folder, for as long as the connection to its server stands. */
export interface Lease {
  readonly id: string;
  /** Aborted when the server has gone, or took the lease back. */
  readonly lost: AbortSignal;
  release(): void;
}

export interface LeaseOptions {
  /** Waits until whoever writes now is done, instead of failing. */
  waits: boolean;
}

/** What the server answers to one that it refuses. */
export const LeaseRefusal = z.object({ pid: z.int(), command: z.string(), since: z.string() });
export type LeaseRefusal = z.infer<typeof LeaseRefusal>;

/** A server that lets somebody wait sends blank lines meanwhile, so the head always comes soon. */
const ANSWER_MS = 10_000;

/**
 * Takes the right to write. Whoever is killed loses it with the connection.
 *
 * @throws BellwetherError `warehouse-locked` when another command writes
 */
export async function takeLease(endpoint: Endpoint, options: LeaseOptions): Promise<Lease> {
  const url = new URL(LEASE_PATH, endpoint.url);
  url.searchParams.set('command', commandName());
  url.searchParams.set('pid', String(process.pid));
  if (options.waits) url.searchParams.set('wait', '1');
  const auth = `${endpointUser('operator')}:${endpoint.key}`;
  const response = await loopbackRequest(url, { method: 'POST', auth }, ANSWER_MS);
  if (response.statusCode !== 200) throw refusal(endpoint, response.statusCode, await shortText(response));
  const lost = new AbortController();
  response.once('close', () => lost.abort());
  response.once('error', () => lost.abort());
  const id = await granted(response, lost.signal);
  // What follows are signs of life.
  response.resume();
  // A command that is done must be able to end without a word.
  response.socket.unref();
  return { id, lost: lost.signal, release: () => response.destroy() };
}

/** The id behind `granted`; blank lines come before it while others write. */
function granted(response: IncomingMessage, lost: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const look = (piece: Buffer): void => {
      text = `${text}${piece.toString()}`.trimStart().slice(0, 100);
      const [, id] = /^granted ([\w-]+)\n/.exec(text) ?? [];
      if (id === undefined) return;
      response.off('data', look);
      resolve(id);
    };
    response.on('data', look);
    const fail = (): void => reject(serverEnded());
    if (lost.aborted) fail();
    lost.addEventListener('abort', fail, { once: true });
  });
}

function refusal(endpoint: Endpoint, status: number | undefined, body: string): BellwetherError {
  const holder = status === 409 ? parseRefusal(body) : undefined;
  if (!holder) {
    return new BellwetherError({
      code: 'server-refuses',
      message: `The server ${new URL(endpoint.url).host} does not let this command write (HTTP ${String(status)}).`,
      retry: 'later',
      next: 'Stop bellwether serve and start it again; it may be of another version.',
    });
  }
  const { pid, command, since } = holder;
  return new BellwetherError({
    code: 'warehouse-locked',
    message: `Process ${String(pid)} (${command}, since ${since}) writes to the warehouse, and only one can at a time.`,
    retry: 'later',
    next: `Wait until it is done or stop it (kill ${String(pid)}); BELLWETHER_WAIT=1 in the environment waits.`,
  });
}

function parseRefusal(body: string): LeaseRefusal | undefined {
  try {
    return LeaseRefusal.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

/** The server stopped, or was killed, while a command worked through it. */
export function serverEnded(cause?: unknown): BellwetherError {
  return new BellwetherError({
    code: 'server-ended',
    message:
      'The server that has the warehouse open (bellwether serve) ended in the middle. What was acknowledged is stored.',
    retry: 'now',
    next: 'Start it again if you need it (bellwether serve), then run the same command again: it goes on where it stopped.',
    cause,
  });
}
