import type { Instant } from '@bellwether/core';
import type { Warehouse } from '@bellwether/warehouse';
import { type Comparison, comparePeriods, isTested } from '../compare/compare-periods.ts';
import { MINIMUM_VALUES } from '../compare/verdict.ts';
import type { MetricDefinition } from '../metric.ts';
import type { Figure } from '../query/figure.ts';
import type { QueryRequest } from '../query/request.ts';

/** The last whole period beside the one before it, and whether they differ beyond chance. */
export interface Trend extends Pick<Comparison, 'verdict' | 'test' | 'pValue' | 'difference' | 'relative'> {
  period: { since: Instant; until: Instant };
  previous: { since: Instant; until: Instant };
}

/**
 * Compares the last two whole periods of a report; what the window cuts is no period. Null where there are no two, or
 * where figures of the kind are not tested.
 */
export async function readTrend(
  warehouse: Pick<Warehouse, 'query'>,
  { aggregate }: Pick<MetricDefinition, 'aggregate'>,
  question: QueryRequest,
  periods: readonly Figure[],
): Promise<Trend | null> {
  if (!isTested(aggregate.kind)) return null;
  const last = periods.findLastIndex(({ isPartial }) => !isPartial);
  const [before, now] = [periods[last - 1], periods[last]];
  if (before === undefined || now === undefined || before.isPartial) return null;
  const period = { since: now.periodStart, until: now.periodEnd };
  const previous = { since: before.periodStart, until: before.periodEnd };
  // Nothing to ask where a test would see too little; a count of nothing is one all the same.
  if (aggregate.kind !== 'count' && Math.min(before.n, now.n) < MINIMUM_VALUES) {
    return {
      verdict: 'too-few',
      test: null,
      pValue: null,
      difference: null,
      relative: null,
      period,
      previous,
    };
  }
  const request = { ...question, period: { ...question.period, ...period } };
  const [comparison] = await comparePeriods(warehouse, request, previous);
  if (comparison === undefined) return null;
  const { verdict, test, pValue, difference, relative } = comparison;
  return { verdict, test, pValue, difference, relative, period, previous };
}
