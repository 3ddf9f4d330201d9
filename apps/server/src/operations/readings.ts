import type { Clock } from '@bellwether/core';
import type { EngineStatus, ServedWarehouse } from '@bellwether/warehouse';
import { CachedReading } from './cached-reading.ts';
import { readFreshness, type SourceFreshness } from './freshness.ts';
import { type Readiness, readReadiness } from './readiness.ts';

/** Questions of the server to its own engine, each asked once for all who want to know. */
export interface EngineReadings {
  status: () => Promise<EngineStatus>;
  freshness: () => Promise<readonly SourceFreshness[]>;
  readiness: () => Promise<Readiness>;
  /** Something was collected: freshness is another one now. */
  forgetFreshness: () => void;
}

/** Probes come every few seconds, and from anybody. */
const STATUS_MS = 1_000;
/** Reads every run that ever was. */
const FRESHNESS_MS = 30_000;

export function createReadings(
  served: ServedWarehouse,
  clock: Clock,
  isStopping: () => boolean,
): EngineReadings {
  const status = new CachedReading(() => served.status(), STATUS_MS, clock);
  const freshness = new CachedReading(() => readFreshness(served.warehouse), FRESHNESS_MS, clock);
  return {
    status: () => status.get(),
    freshness: () => freshness.get(),
    forgetFreshness: () => freshness.forget(),
    readiness: () => readReadiness(() => status.get(), isStopping),
  };
}
