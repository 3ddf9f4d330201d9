import { BellwetherError } from '@bellwether/core';
import { z } from 'zod';
import type { BackupRequest } from '../backup/backup-statement.ts';
import { EngineError } from '../engine-errors.ts';
import { BACKUP_PATH, endpointUser, LEASE_HEADER } from './endpoint-proof.ts';
import type { Endpoint } from './find-endpoint.ts';
import { loopbackRequest, shortText } from './loopback-request.ts';
import { serverEnded } from './take-lease.ts';

/** The last line of the answer; blank ones come before it while the engine works. */
export const BackupAnswer = z.union([
  z.object({ kind: z.literal('done') }),
  /** The engine refused or failed: its number and words. */
  z.object({ kind: z.literal('engine'), code: z.int(), message: z.string() }),
  z.object({
    kind: z.literal('bellwether'),
    code: z.string(),
    message: z.string(),
    retry: z.enum(['now', 'later', 'no']),
    next: z.string(),
  }),
]);
export type BackupAnswer = z.infer<typeof BackupAnswer>;

/** What failed, as one who asks for the backup is told of it. */
export function backupFailure(error: unknown): BackupAnswer {
  if (error instanceof BellwetherError) {
    const { code, message, retry, next } = error;
    return { kind: 'bellwether', code, message, retry, next };
  }
  const code = (error as { code?: unknown } | null)?.code;
  if (error instanceof Error && typeof code === 'number') {
    return { kind: 'engine', code, message: error.message };
  }
  return { kind: 'engine', code: 0, message: 'it failed; see the log of the server' };
}

const ANSWER_MS = 10_000;
const LONGEST_ANSWER = 1_048_576;

/** Has the server run BACKUP, and returns when it is done. */
export async function askBackup(endpoint: Endpoint, lease: string, request: BackupRequest): Promise<void> {
  const response = await loopbackRequest(
    new URL(BACKUP_PATH, endpoint.url),
    {
      method: 'POST',
      auth: `${endpointUser('operator')}:${endpoint.key}`,
      headers: { 'Content-Type': 'application/json', [LEASE_HEADER]: lease },
    },
    ANSWER_MS,
    JSON.stringify(request),
  );
  const text = (await shortText(response, LONGEST_ANSWER)).trim();
  if (response.statusCode !== 200) {
    throw new BellwetherError({
      code: 'server-refuses',
      message: `The server makes no backup for this command (HTTP ${String(response.statusCode)}).`,
      retry: 'no',
      next: 'Stop bellwether serve and start it again; it may be of another version.',
    });
  }
  const answer = parseAnswer(text);
  if (!answer) throw serverEnded();
  if (answer.kind === 'engine') throw new EngineError(answer.code, answer.message);
  if (answer.kind === 'bellwether') throw new BellwetherError(answer);
}

function parseAnswer(text: string): BackupAnswer | undefined {
  try {
    return BackupAnswer.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
