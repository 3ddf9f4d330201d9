import { usageError } from '@bellwether/core';
import type { AggregateKind, MetricDefinition } from '../metric.ts';
import { column } from './columns.ts';
import type { Dialect } from './dialect.ts';
import type { Clock, Keeps } from './request.ts';

/**
 * How rows become a figure: as the metric says, or, where a limit is asked about, as the share of rows that keep it.
 *
 * @throws BellwetherError `limit-unknown` where a row has nothing that could be held against a limit
 */
export function aggregateKind(metric: MetricDefinition, keeps: Keeps | undefined): AggregateKind {
  const { kind } = metric.aggregate;
  if (keeps === undefined) return kind;
  if (kind === 'distribution') return 'ratio';
  if (kind === 'snapshot') return 'standing-ratio';
  throw usageError(
    'limit-unknown',
    `${metric.title} has nothing in a single row that could keep a limit.`,
    'Ask this of a metric whose figure is a median, or of one that tells how much stands at the end of a period.',
  );
}

/** How to tell the rows that have broken a limit by waiting, and how long they have. */
export interface Overdue {
  /** A condition on a row that has no value. */
  condition: string;
  /** Seconds of the wall clock, Float64. */
  waited: string;
}

/**
 * What still waits when the window ends, or gave up waiting, longer than the limit allows. Null where nothing can be
 * overdue: no limit is asked about, the metric names no waits, or the clock is one that SQL cannot read.
 */
export function overdue(
  { pending }: MetricDefinition,
  { keeps, clock }: { keeps?: Keeps | undefined; clock: Clock },
  knownUntil: number,
  dialect: Dialect,
): Overdue | null {
  const after = keeps?.overdueAfter ?? (clock === 'wall' ? keeps?.atMost : undefined);
  if (pending === undefined || after === undefined) return null;
  const known = dialect.instant('known_until', knownUntil);
  const end =
    pending.until === undefined ? known : `least(ifNull(${column(pending.until)}, ${known}), ${known})`;
  const waited = `(toUnixTimestamp64Milli(${end}) - toUnixTimestamp64Milli(${column(pending.since)})) / 1000`;
  // The gaps come from the definition, which has checked how they are written.
  const isWait = `${column('gap')} IN (${pending.gaps.map((gap) => `'${gap}'`).join(', ')})`;
  return {
    condition: `${isWait} AND ifNull(${waited} > ${dialect.number('overdue_after', after)}, false)`,
    waited,
  };
}
