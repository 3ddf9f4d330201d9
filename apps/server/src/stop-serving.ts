import { setTimeout as sleep } from 'node:timers/promises';
import { ROLES } from '@bellwether/core';
import { type ServedWarehouse, withdrawEndpoint } from '@bellwether/warehouse';
import type { Logger } from 'pino';
import type { HttpService } from './http/http-service.ts';
import type { Leases } from './lease/leases.ts';
import type { RoleLimiter } from './limits/limiter.ts';
import type { Listening } from './operations/listen.ts';
import type { LogSink } from './operations/request-log.ts';
import type { WorkInProgress } from './operations/work-in-progress.ts';
import type { Scheduler } from './schedules/scheduler.ts';

export interface ServingParts {
  served: ServedWarehouse;
  work: WorkInProgress;
  /** Null in front of a ClickHouse server. */
  folder: string | null;
  service: Pick<HttpService, 'close'>;
  listening: Pick<Listening, 'close'>;
  limiter: Pick<RoleLimiter, 'stop' | 'left'>;
  leases: Pick<Leases, 'end'>;
  /** Aborted first: the server is not ready from then on. */
  stopping: AbortController;
  scheduler: Pick<Scheduler, 'stop'> | null;
  log: LogSink;
  logger: Pick<Logger, 'info' | 'warn'>;
  graceMs?: number | undefined;
  /** For tests: what the engine may take to end what it was told to end. */
  ending?: { readingMs: number; writingMs: number } | undefined;
}

/**
 * How it ended. `cut-off`: the engine goes on with something that it cannot interrupt and still has the folder, so the
 * process has to be ended from outside; `process.exit` would wait for the engine's thread.
 */
export type Ending = 'whole' | 'cut-off';

const GRACE_MS = 15_000;
/** For answers that are computed and still on their way to a slow reader. */
const SEND_MS = 2_000;
/** A query ends within milliseconds, or the engine looks up from its work only when that is done. */
const ENDING = { readingMs: 3_000, writingMs: 10_000 };

/**
 * Ends serving in the order in which nothing is lost: nobody new; the collector that this server started, which stores
 * through it how far it came; what runs, for as long as the grace lasts; then the engine, which is waited for as long
 * as something is being written, within bounds.
 */
export async function stopServing(parts: ServingParts): Promise<Ending> {
  const { served, folder, service, listening, limiter, leases, stopping, log, logger } = parts;
  const begunAt = performance.now();
  const graceLeft = (): number => Math.max(0, (parts.graceMs ?? GRACE_MS) - (performance.now() - begunAt));
  stopping.abort();
  logger.info('stopping');
  if (folder !== null) withdrawEndpoint(folder);
  limiter.stop(ROLES.filter((role) => role !== 'operator'));
  await parts.scheduler?.stop();
  leases.end();
  limiter.stop(['operator']);
  listening.close();
  const closing = service.close(graceLeft() + SEND_MS);
  // Not by `served.close(graceMs)`: that takes the gate from those who are still to pass it.
  await Promise.race([limiter.left(), sleep(graceLeft(), undefined, { ref: false })]);
  const ending = await closeInTime(served, parts);
  await closing;
  if (ending === 'cut-off') {
    const what = { queries: parts.work.pieces() };
    logger.warn(
      what,
      'cut off: the engine does not interrupt what it works on. Nothing acknowledged is lost',
    );
  }
  logger.info('stopped');
  log.flush();
  return ending;
}

async function closeInTime(served: ServedWarehouse, { work, ending }: ServingParts): Promise<Ending> {
  const { readingMs, writingMs } = ending ?? ENDING;
  const over = new AbortController();
  const wait = (ms: number): Promise<unknown> =>
    sleep(ms, undefined, { signal: over.signal }).catch(() => {});
  try {
    return await Promise.race([
      served.close(0).then((): Ending => 'whole'),
      Promise.all([work.written(), wait(readingMs)]).then((): Ending => 'cut-off'),
      wait(writingMs).then((): Ending => 'cut-off'),
    ]);
  } finally {
    over.abort();
  }
}
