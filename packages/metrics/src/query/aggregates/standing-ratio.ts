import type { AggregateCompiler } from './aggregate.ts';
import { shareOfCells } from './ratio.ts';
import { standing } from './standing.ts';

/**
 * Of the intervals that stand at the end of each period: the share with value 1, or, with a limit, the share that has
 * stood no longer than that. Null where none stands: a share of nothing is not a good one.
 */
export const standingRatio: AggregateCompiler = (plan) => {
  const numerator =
    plan.limit === null ? 'sum(ifNull(value, 0))' : `countIf(value IS NOT NULL AND age <= ${plan.limit})`;
  return { life: [], ...standing(plan, [`toFloat64(${numerator}) AS numerator`]), ...shareOfCells };
};
