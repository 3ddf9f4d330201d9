import { column } from '../columns.ts';
import type { Plan } from '../plan.ts';
import { type AggregateSql, groupedByPeriod, quality } from './aggregate.ts';

/**
 * Cells of rows that are intervals [at, ends_at): each counts in every period at whose end it stands, or at the end of
 * the window where that comes first. What happens at the very end belongs to the next period: an interval that ends
 * there still stands, one that begins there does not yet.
 *
 * Each row is laid out over the periods at whose end it stands, rather than compared with every period: an interval
 * lasts few periods, and a window has many.
 *
 * @param columns aggregates of `cells`; `age` is for how many seconds the row has stood by then
 */
export function standing(
  plan: Plan,
  columns: readonly string[],
): Pick<AggregateSql, 'reads' | 'sees' | 'ctes'> {
  const { calendar, groups } = plan;
  const from = `greatest(${calendar.positionOf('at')}, 0)`;
  const to = `if(ends_at IS NULL OR ends_at >= ${calendar.until}, ${calendar.count}, ${calendar.positionOf('assumeNotNull(ends_at)')})`;
  const asOf = `least(${calendar.endOf('period')}, ${calendar.until})`;
  return {
    reads: ['ends_at'],
    sees: [
      `${column('at')} < ${calendar.until}`,
      // What ended before the window stands at the end of none of its periods.
      `(${column('ends_at')} IS NULL OR ${column('ends_at')} >= ${calendar.since})`,
    ],
    ctes: [
      {
        name: 'standing',
        sql: [
          `SELECT ${['at', 'value', 'gap', 'basis', ...groups].join(', ')},`,
          `  arrayJoin(range(toInt64(${from}), toInt64(${to}))) AS position,`,
          `  ${calendar.periodAt('position')} AS period,`,
          `  (toUnixTimestamp64Milli(${asOf}) - toUnixTimestamp64Milli(at)) / 1000 AS age`,
          'FROM seen',
        ].join('\n'),
      },
      { name: 'cells', sql: groupedByPeriod(plan, [...quality, ...columns], 'standing') },
    ],
  };
}
