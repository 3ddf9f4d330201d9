import { setTimeout as sleep } from 'node:timers/promises';
import { ROLES } from '@bellwether/core';
import { type ServedWarehouse, withdrawEndpoint } from '@bellwether/warehouse';
import type { Logger } from 'pino';
import type { HttpService } from './http/http-service.ts';
import type { Leases } from './lease/leases.ts';
import type { RoleLimiter } from './limits/limiter.ts';
import type { Listening } from './operations/listen.ts';
import type { LogSink } from './operations/request-log.ts';
import type { Scheduler } from './schedules/scheduler.ts';

export interface ServingParts {
  served: ServedWarehouse;
  /** Null in front of a ClickHouse server. */
  folder: string | null;
  service: HttpService;
  listening: Listening;
  limiter: RoleLimiter;
  leases: Leases;
  /** Aborted first: the server is not ready from then on. */
  stopping: AbortController;
  scheduler: Scheduler | null;
  log: LogSink;
  logger: Logger;
  graceMs?: number | undefined;
}

const GRACE_MS = 15_000;
/** For answers that are computed and still on their way to a slow reader. */
const SEND_MS = 2_000;

/**
 * Ends serving in the order in which nothing is lost: nobody new; the collector that this server started, which stores
 * through it how far it came; what runs, for as long as the grace lasts; then the engine.
 */
export async function stopServing(parts: ServingParts): Promise<void> {
  const { served, folder, service, listening, limiter, leases, stopping, log, logger } = parts;
  const graceMs = parts.graceMs ?? GRACE_MS;
  stopping.abort();
  logger.info('stopping');
  if (folder !== null) withdrawEndpoint(folder);
  limiter.stop(ROLES.filter((role) => role !== 'operator'));
  await parts.scheduler?.stop();
  leases.end();
  limiter.stop(['operator']);
  listening.close();
  const closing = service.close(graceMs + SEND_MS);
  // Not by `served.close(graceMs)`: that takes the gate from those who are still to pass it.
  await Promise.race([limiter.left(), sleep(graceMs, undefined, { ref: false })]);
  await served.close(0);
  await closing;
  logger.info('stopped');
  log.flush();
}
