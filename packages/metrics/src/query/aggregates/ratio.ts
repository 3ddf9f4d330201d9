import { type AggregateCompiler, type AggregateSql, instants } from './aggregate.ts';

/**
 * Sum of the values ÷ how many there are; with a limit, how many keep it ÷ how many there are. Rows without a value are
 * in neither.
 */
export const ratio: AggregateCompiler = (plan) => {
  const numerator =
    plan.limit === null ? 'sum(ifNull(value, 0))' : `countIf(value IS NOT NULL AND value <= ${plan.limit})`;
  return {
    reads: [],
    life: [],
    ...instants(plan, { name: 'numerator', part: numerator, whole: 'toFloat64(sum(numerator))' }),
    ...shareOfCells,
  };
};

/** The figure of a share whose cells have `numerator` and `n`. */
export const shareOfCells: Pick<AggregateSql, 'value' | 'columns' | 'gaps'> = {
  value: 'if(cells.n = 0, NULL, cells.numerator / cells.n)',
  columns: [
    { name: 'numerator', sql: 'cells.numerator' },
    { name: 'denominator', sql: 'cells.n' },
  ],
  gaps: [],
};
