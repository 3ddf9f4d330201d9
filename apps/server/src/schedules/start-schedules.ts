import type { Clock, Config } from '@bellwether/core';
import type { Warehouse } from '@bellwether/warehouse';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { type CollectCommand, runCollection } from './collect-process.ts';
import { readLastStart } from './last-runs.ts';
import { scheduleMetrics } from './schedule-metrics.ts';
import { type Scheduler, startScheduler } from './scheduler.ts';

export interface SchedulesOptions {
  config: Pick<Config, 'schedules' | 'timeZone'>;
  collectCommand: CollectCommand;
  warehouse: Warehouse;
  logger: Logger;
  registry: Registry;
  clock: Clock;
  onCollected: () => void;
}

/** Collects on schedule, each run a process of its own, and tells log and metrics how it went. */
export async function startSchedules(options: SchedulesOptions): Promise<Scheduler> {
  const { config, collectCommand, warehouse, logger, registry, clock, onCollected } = options;
  let scheduler: Scheduler | null = null;
  const count = scheduleMetrics(registry, () => scheduler?.sources() ?? []);
  scheduler = await startScheduler({
    ...config,
    clock,
    random: Math.random,
    after: (ms, callBack) => {
      const timer = setTimeout(callBack, ms);
      return () => clearTimeout(timer);
    },
    lastStart: (source) => readLastStart(warehouse, source),
    collect: (source, signal) => runCollection(collectCommand(source), signal),
    onStart: (source, isCatchUp) => logger.info({ source, isCatchUp }, 'scheduled run begins'),
    onEnd: (source, outcome, seconds) => {
      count(source, outcome, seconds);
      onCollected();
      const isWell = outcome.outcome === 'ok' || outcome.outcome === 'cancelled';
      logger[isWell ? 'info' : 'warn']({ source, ...outcome, seconds }, 'scheduled run ended');
    },
  });
  return scheduler;
}
