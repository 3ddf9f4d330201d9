import { amount, numberOf, type RivalMetric, whenAny } from '../system.ts';

const tier = (share: number, limits: readonly [number, number, number]): string =>
  ['elite', 'high', 'medium', 'low'][limits.filter((limit) => share > limit).length] ?? 'low';

export const changeFailRate: RivalMetric = {
  ours: 'change_fail_rate',
  title: 'Change failure rate',
  file: 'change-fail-rate.sql',
  unit: 'ratio',
  band: ({ value }) =>
    value === null ? '' : `${tier(value, [0.05, 0.1, 0.15])} (2023), ${tier(value, [0.15, 0.2, 0.3])} (2021)`,
  clauses: [
    {
      rule: 'Every incident is charged to the latest successful production deployment that finished before it was opened, whatever caused it. Here a deployment fails on evidence only.',
      effect: whenAny(
        'only_theirs',
        (count, row) =>
          `${amount(count, 'deployment')} fail there and not here: ${amount(numberOf(row, 'incidents'), 'incident')} were charged to whatever came last`,
      ),
    },
    {
      rule: 'There is no limit in time between the two. Here an incident that names no cause is held against a deployment of its service within `incidents.windowHours`.',
      effect: whenAny(
        'old_incidents',
        (count) => `${amount(count, 'incident')} were charged to a deployment older than 30 days`,
      ),
    },
    {
      rule: 'A deployment of any service of the project can be charged.',
      effect: whenAny(
        'other_services',
        (count) =>
          `${amount(count, 'incident')} were charged to a deployment of another service than they name`,
      ),
    },
    {
      rule: 'Rollbacks, reverts, hotfixes and rulings are no evidence; without incidents the rate is 0%, which it calls elite. Here it is unknown, or says that it is a floor.',
      effect: whenAny(
        'only_ours',
        (count) =>
          `${amount(count, 'deployment')} failed here, on a rollback, revert, hotfix, ruling or named cause, and not there`,
      ),
    },
    { rule: 'Failed deployments are in neither numerator nor denominator, as here.' },
    { rule: 'Bands of 2023: up to 5, 10, 15%. Of 2021: up to 15, 20, 30%.' },
  ],
};
