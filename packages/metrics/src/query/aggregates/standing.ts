import { column } from '../columns.ts';
import type { Plan } from '../plan.ts';
import { type AggregateSql, groupedByPeriod, sliced } from './aggregate.ts';

/**
 * What is gathered of the intervals, under a name: `part` of those that stand in the same periods and have the same
 * basis and gap, `whole` of such parts at the end of one period, which is `as_of`.
 */
export interface Gathered {
  name: string;
  part: string;
  whole: string;
}

/**
 * Cells of rows that are intervals [at, ends_at): each counts in every period at whose end it stands, or at the end of
 * the window where that comes first. What happens at the very end belongs to the next period: an interval that ends
 * there still stands, one that begins there does not yet.
 *
 * Rows are first counted by the periods from and to which they stand, of which there are few, and only these counts are
 * laid out over the periods: half a million changes that wait for years would each become a hundred rows.
 */
export function standing(plan: Plan, figure: Gathered): Pick<AggregateSql, 'reads' | 'sees' | 'ctes'> {
  const { calendar, groups } = plan;
  // Most of what stands began long before the window, and needs no calendar to say so.
  const from = `if(at < ${calendar.since}, 0, ${calendar.positionOf('at')})`;
  const to = `if(ends_at IS NULL OR ends_at >= ${calendar.until}, ${calendar.count}, ${calendar.positionOf('assumeNotNull(ends_at)')})`;
  const slice = ['from_position', 'to_position', ...groups, 'basis', 'gap'];
  return {
    reads: ['ends_at'],
    sees: [
      `${column('at')} < ${calendar.until}`,
      // What ended before the window stands at the end of none of its periods.
      `(${column('ends_at')} IS NULL OR ${column('ends_at')} >= ${calendar.since})`,
    ],
    ctes: [
      {
        name: 'slices',
        sql: [
          `SELECT toInt64(${from}) AS from_position, toInt64(${to}) AS to_position,`,
          `  ${[...groups, 'basis', 'gap'].join(', ')},`,
          `  count() AS rows_seen, count(value) AS rows_known, ${figure.part} AS ${figure.name}`,
          'FROM seen',
          `GROUP BY ${slice.join(', ')}`,
        ].join('\n'),
      },
      {
        name: 'standing',
        sql: [
          `SELECT ${[...groups, 'basis', 'gap', 'rows_seen', 'rows_known', figure.name].join(', ')},`,
          '  arrayJoin(range(from_position, to_position)) AS position,',
          `  ${calendar.periodAt('position')} AS period,`,
          `  least(${calendar.endOf('period')}, ${calendar.until}) AS as_of`,
          'FROM slices',
        ].join('\n'),
      },
      {
        name: 'cells',
        sql: groupedByPeriod(plan, [...sliced, `${figure.whole} AS ${figure.name}`], 'standing'),
      },
    ],
  };
}

/** The beginnings of the intervals that have a value, in ms. */
export const beginnings = 'groupArrayIf(toUnixTimestamp64Milli(at), value IS NOT NULL)';

/** For how many seconds the intervals of a list of beginnings have stood at the end of a period. */
export function agesOf(list: string): string {
  return `arrayMap(begun -> (toUnixTimestamp64Milli(as_of) - begun) / 1000, ${list})`;
}
