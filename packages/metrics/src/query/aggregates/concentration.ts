import { column } from '../columns.ts';
import type { Plan } from '../plan.ts';
import { type AggregateCompiler, groupedByPeriod, quality } from './aggregate.ts';

/**
 * How unevenly a load was spread over people, as derivation computed it for the calendar period: the Gini coefficient
 * (0: all alike; towards 1: one carries all) and the share of the busiest tenth. It speaks of the whole period also
 * where the window cuts it, and of nothing but one team, one group or the organisation.
 */
export const concentration: AggregateCompiler = (plan) => ({
  reads: ['grain', 'time_zone', 'holders', 'busiest_tenth_share'],
  life: [{ name: 'same_zone', sql: `countIf(at < ${plan.calendar.until} AND ${isSameZone(plan)})` }],
  sees: spreadsOfWindow(plan),
  ctes: [
    {
      name: 'cells',
      sql: groupedByPeriod(
        plan,
        [
          ...quality,
          'any(value) AS gini',
          'any(holders) AS holder_count',
          'any(busiest_tenth_share) AS busiest_share',
        ],
        'seen',
        plan.calendar.periodOf('at'),
      ),
    },
  ],
  value: `if(${isOne}, cells.gini, NULL)`,
  columns: [
    { name: 'holders', sql: `if(${isOne}, cells.holder_count, 0)` },
    { name: 'busiest_tenth_share', sql: `if(${isOne}, cells.busiest_share, NULL)` },
  ],
  gaps: [
    ...(plan.grain === 'whole' ? [['true', 'needs-calendar-periods'] as const] : []),
    ['life.same_zone = 0', 'other-time-zone'],
    ['cells.total > 1', 'several-spreads'],
  ],
});

const isOne = 'cells.total = 1';

/** The rows of the periods that the window touches. */
export function spreadsOfWindow(plan: Plan): string[] {
  const { calendar, grain } = plan;
  if (grain === 'whole') return ['false'];
  return [
    `${column('grain')} = '${grain}'`,
    isSameZone(plan, column('time_zone')),
    `${column('at')} >= ${calendar.startOf(calendar.periodAt('0'))}`,
    `${column('at')} < ${calendar.until}`,
  ];
}

function isSameZone({ calendar }: Plan, name = 'time_zone'): string {
  return `lower(${name}) = lower(${calendar.timeZone})`;
}
