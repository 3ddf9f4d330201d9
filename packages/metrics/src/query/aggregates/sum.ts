import { type AggregateCompiler, instants } from './aggregate.ts';

/** The values added up. Where no row has one the sum is unknown: nothing lost and nothing known look alike otherwise. */
export const sum: AggregateCompiler = (plan) => ({
  reads: [],
  life: [],
  ...instants(plan, { name: 'added', part: 'sum(ifNull(value, 0))', whole: 'toFloat64(sum(added))' }),
  value: 'if(cells.n = 0, NULL, cells.added)',
  columns: [],
  gaps: [],
});
