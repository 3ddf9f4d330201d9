import { type AggregateCompiler, groupedByPeriod, inWindow, quality } from './aggregate.ts';

/** Sum of the values ÷ how many there are. Rows without a value are in neither. */
export const ratio: AggregateCompiler = (plan) => ({
  reads: [],
  ctes: [
    {
      name: 'cells',
      sql: groupedByPeriod(
        plan,
        [...quality, 'toFloat64(sum(ifNull(value, 0))) AS numerator'],
        'observed',
        inWindow(plan),
      ),
    },
  ],
  value: 'if(cells.n = 0, NULL, cells.numerator / cells.n)',
  columns: [
    { name: 'numerator', sql: 'cells.numerator' },
    { name: 'denominator', sql: 'cells.n' },
  ],
  gaps: [],
});
