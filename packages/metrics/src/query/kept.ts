import { usageError } from '@bellwether/core';
import type { AggregateKind, MetricDefinition } from '../metric.ts';
import type { Keeps } from './request.ts';

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
