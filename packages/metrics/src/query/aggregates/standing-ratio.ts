import type { AggregateCompiler } from './aggregate.ts';
import { shareOfCells } from './ratio.ts';
import { agesOf, beginnings, type Gathered, standing } from './standing.ts';

/**
 * Of the intervals that stand at the end of each period: the share with value 1, or, with a limit, the share that has
 * stood no longer than that. Null where none stands: a share of nothing is not a good one.
 */
export const standingRatio: AggregateCompiler = (plan) => {
  const ones: Gathered = {
    name: 'numerator',
    part: 'sum(ifNull(value, 0))',
    whole: 'toFloat64(sum(numerator))',
  };
  const kept = (limit: string): Gathered => ({
    name: 'numerator',
    part: beginnings,
    whole: `toFloat64(sum(arrayCount(age -> age <= ${limit}, ${agesOf('numerator')})))`,
  });
  return { life: [], ...standing(plan, plan.limit === null ? ones : kept(plan.limit)), ...shareOfCells };
};
