import type { Clock } from '@bellwether/core';
import type { Logger } from 'pino';
import type { Observer, WireRefusal } from '../http/collaborators.ts';
import { logRequest } from './request-log.ts';
import type { RequestCounters } from './server-metrics.ts';

/** Of refused connections one line in so many milliseconds and for each reason: a flood must not fill the disk, too. */
const REFUSAL_LINE_MS = 10_000;

/** Tells metrics and log what happens on the wire. */
export function createObserver(logger: Logger, counters: RequestCounters, clock: Clock): Observer {
  const lines = new Map<WireRefusal, { at: number; unsaid: number }>();
  return {
    requestFinished(record) {
      counters.count(record);
      logRequest(logger, record);
    },
    wireRefused(reason) {
      counters.reject(reason);
      const now = clock.now();
      const last = lines.get(reason);
      if (last && now - last.at < REFUSAL_LINE_MS) {
        last.unsaid++;
        return;
      }
      logger.info({ reason, before: last?.unsaid }, 'connection refused');
      lines.set(reason, { at: now, unsaid: 0 });
    },
  };
}
