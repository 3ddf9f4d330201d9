import { type AggregateCompiler, groupedByPeriod, quality } from './aggregate.ts';
import { isUnknown } from './count.ts';

/**
 * How many intervals [at, ends_at) stand at the end of each period, or of the window where that comes first, and the
 * median of their age at that instant. What happens at the very end belongs to the next period: an interval that ends
 * there still stands, one that begins there does not yet.
 *
 * Each row is laid out over the periods at whose end it stands, rather than compared with every period: an interval
 * lasts few periods, and a window has many.
 */
export const snapshot: AggregateCompiler = (plan) => {
  const { calendar, groups } = plan;
  const from = `greatest(${calendar.positionOf('at')}, 0)`;
  const to = `if(ends_at IS NULL OR ends_at >= ${calendar.until}, ${calendar.count}, ${calendar.positionOf('assumeNotNull(ends_at)')})`;
  const asOf = (period: string): string => `least(${calendar.endOf(period)}, ${calendar.until})`;
  const age = `(toUnixTimestamp64Milli(${asOf('period')}) - toUnixTimestamp64Milli(at)) / 1000`;
  return {
    reads: ['ends_at'],
    ctes: [
      {
        name: 'standing',
        sql: [
          `SELECT ${['at', 'value', 'gap', 'basis', ...groups].join(', ')},`,
          `  arrayJoin(range(toInt64(${from}), toInt64(${to}))) AS position,`,
          `  ${calendar.periodAt('position')} AS period`,
          'FROM observed',
        ].join('\n'),
      },
      {
        name: 'cells',
        sql: groupedByPeriod(
          plan,
          [...quality, `quantilesExactInclusive(0.5, 0.75, 0.9)(if(value IS NULL, NULL, ${age})) AS ages`],
          'standing',
        ),
      },
    ],
    value: `if(${isUnknown}, NULL, toFloat64(cells.n))`,
    columns: [
      { name: 'as_of', sql: `least(spine.period_end, ${calendar.until})` },
      { name: 'age_seconds', sql: 'if(cells.n = 0, NULL, cells.ages[1])' },
      { name: 'age_p75_seconds', sql: 'if(cells.n = 0, NULL, cells.ages[2])' },
      { name: 'age_p90_seconds', sql: 'if(cells.n = 0, NULL, cells.ages[3])' },
    ],
    gaps: [],
  };
};
