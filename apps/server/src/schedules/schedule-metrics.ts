import type { Schedule } from '@bellwether/core';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { RunOutcome } from './run-outcome.ts';
import type { ScheduledSource } from './scheduler.ts';

/** What scheduled runs did. Call it once for each run that ended. */
export function scheduleMetrics(
  registry: Registry,
  sources: () => readonly ScheduledSource[],
): (source: Schedule['source'], outcome: RunOutcome, seconds: number) => void {
  const registers = [registry];
  const runs = new Counter({
    name: 'bellwether_schedule_runs_total',
    help: 'Scheduled runs by how they ended',
    labelNames: ['source', 'outcome'],
    registers,
  });
  const duration = new Histogram({
    name: 'bellwether_schedule_run_seconds',
    help: 'How long scheduled runs took',
    labelNames: ['source'],
    buckets: [1, 5, 15, 60, 300, 900, 3600, 14_400],
    registers,
  });
  const points = new Counter({
    name: 'bellwether_schedule_github_points_total',
    help: 'Points of GitHub’s hourly limit that scheduled runs spent',
    registers,
  });
  const left = new Gauge({
    name: 'bellwether_github_points_left',
    help: 'Points of GitHub’s hourly limit that were left when the last scheduled run ended',
    registers,
  });
  left.set(Number.NaN);
  new Gauge({
    name: 'bellwether_schedule_running',
    help: 'Whether a source is being read on schedule',
    labelNames: ['source'],
    registers,
    collect() {
      for (const { source, isRunning } of sources()) this.set({ source }, isRunning ? 1 : 0);
    },
  });
  new Gauge({
    name: 'bellwether_schedule_next_timestamp_seconds',
    help: 'When a source is read next, in seconds since 1970',
    labelNames: ['source'],
    registers,
    collect() {
      this.reset();
      for (const { source, dueAt } of sources()) if (dueAt !== null) this.set({ source }, dueAt / 1000);
    },
  });
  return (source, outcome, seconds) => {
    runs.inc({ source, outcome: outcome.outcome });
    duration.observe({ source }, seconds);
    if (outcome.points !== null) points.inc(outcome.points);
    if (outcome.pointsLeft !== null) left.set(outcome.pointsLeft);
  };
}
