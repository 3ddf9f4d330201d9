import { type AggregateCompiler, instants } from './aggregate.ts';

/**
 * Median, p75 and p90, exact and linearly interpolated ({4, 10} → 7). Never a lower median, and never averaged again:
 * a quarter is computed from its rows.
 */
export const distribution: AggregateCompiler = (plan) => ({
  reads: [],
  life: [],
  ...instants(plan, {
    name: 'quantiles',
    part: 'quantilesExactInclusiveState(0.5, 0.75, 0.9)(value)',
    whole: 'quantilesExactInclusiveMerge(0.5, 0.75, 0.9)(quantiles)',
  }),
  value: 'if(cells.n = 0, NULL, cells.quantiles[1])',
  columns: [
    { name: 'p75', sql: 'if(cells.n = 0, NULL, cells.quantiles[2])' },
    { name: 'p90', sql: 'if(cells.n = 0, NULL, cells.quantiles[3])' },
  ],
  gaps: [],
});
