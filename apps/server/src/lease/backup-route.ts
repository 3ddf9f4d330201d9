import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  backupFailure,
  type BackupAnswer,
  BackupRequest,
  backupStatement,
  endpointUser,
  LEASE_HEADER,
  type Warehouse,
} from '@bellwether/warehouse';
import type { RouteContext } from '../http/collaborators.ts';
import type { Leases } from './leases.ts';
import { answer, holdUntil } from './long-answer.ts';

export interface BackupRunner {
  /** Absolute. */
  folder: string;
  warehouse: Pick<Warehouse, 'command'>;
}

const LONGEST_REQUEST = 8_192;

/**
 * Runs BACKUP for a command of this account that holds the lease. The statement is made here: what comes from outside
 * is a place of a strict form, and a folder only by the name of a link that the command put into the data folder.
 */
export async function runBackup(
  { leases, backup }: { leases: Leases; backup: BackupRunner },
  request: IncomingMessage,
  response: ServerResponse,
  context: RouteContext,
): Promise<void> {
  const user = await context.authenticate();
  if (user.name !== endpointUser('operator')) {
    answer(response, 403, {});
    return;
  }
  const asked = await readRequest(request);
  if (!asked) {
    answer(response, 400, {});
    return;
  }
  const leave = leases.enter(String(request.headers[LEASE_HEADER]));
  if (!leave) {
    answer(response, 409, {});
    return;
  }
  const done = new AbortController();
  const holding = holdUntil(done.signal, response, '\n');
  try {
    response.end(`${JSON.stringify(await outcome(backup, asked))}\n`);
  } finally {
    done.abort();
    await holding;
    leave();
  }
}

/** Once begun it is not ended: the engine would leave half a backup, which the command takes away when it fails. */
async function outcome({ warehouse, folder }: BackupRunner, asked: BackupRequest): Promise<BackupAnswer> {
  try {
    await warehouse.command(backupStatement(folder, asked));
    return { kind: 'done' };
  } catch (error) {
    return backupFailure(error);
  }
}

async function readRequest(request: IncomingMessage): Promise<BackupRequest | undefined> {
  let text = '';
  request.setEncoding('utf8');
  request.on('data', (piece: string) => {
    if (text.length < LONGEST_REQUEST) text += piece;
  });
  await once(request, 'end');
  try {
    return BackupRequest.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
