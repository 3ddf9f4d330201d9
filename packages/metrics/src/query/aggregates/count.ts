import { type AggregateCompiler, instants, isUnknown } from './aggregate.ts';

/**
 * How many. From the first row of a group on, a period without rows is zero; before it nothing is known. A period whose
 * rows all lack a value is unknown as well.
 */
export const count: AggregateCompiler = (plan) => {
  const { since, until } = plan.calendar;
  const from = `greatest(spine.period_start, ${since}, ifNull(life.first_at, ${since}))`;
  const to = `least(spine.period_end, ${until})`;
  return {
    reads: [],
    life: [],
    ...instants(plan),
    value: `if(${isUnknown}, NULL, toFloat64(cells.n))`,
    columns: [
      // The denominator of a rate: how much of the period lies in the window and in the life of the group.
      {
        name: 'observed_seconds',
        sql: `if(${isUnknown}, NULL, (toUnixTimestamp64Milli(${to}) - toUnixTimestamp64Milli(${from})) / 1000)`,
      },
    ],
    gaps: [],
  };
};
