import { type AggregateCompiler, isUnknown } from './aggregate.ts';
import { agesOf, beginnings, standing } from './standing.ts';

/** How many intervals stand at the end of each period, and the median of their age at that instant. */
export const snapshot: AggregateCompiler = (plan) => ({
  life: [],
  ...standing(plan, {
    name: 'ages',
    part: beginnings,
    whole: `quantilesExactInclusiveArray(0.5, 0.75, 0.9)(${agesOf('ages')})`,
  }),
  value: `if(${isUnknown}, NULL, toFloat64(cells.n))`,
  columns: [
    { name: 'as_of', sql: `least(spine.period_end, ${plan.calendar.until})` },
    { name: 'age_seconds', sql: 'if(cells.n = 0, NULL, cells.ages[1])' },
    { name: 'age_p75_seconds', sql: 'if(cells.n = 0, NULL, cells.ages[2])' },
    { name: 'age_p90_seconds', sql: 'if(cells.n = 0, NULL, cells.ages[3])' },
  ],
  gaps: [],
});
