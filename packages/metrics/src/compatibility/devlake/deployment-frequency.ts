import { round } from '../spans.ts';
import { amount, numberOf, type RivalMetric, type RivalRow, whenAny } from '../system.ts';
import { lowerMedian } from './median.ts';

export const deploymentFrequency: RivalMetric = {
  ours: 'deployment_frequency',
  title: 'Deployment frequency',
  file: 'deployment-frequency.sql',
  unit: 'days a week',
  band: (row) =>
    row.value === null ? '' : `${band2023(row, row.value)} (2023), ${band2021(row, row.value)} (2021)`,
  clauses: [
    {
      rule: 'Days with a successful production deployment are counted, not deployments: five on a day are one.',
      effect: (row) =>
        numberOf(row, 'deployments') > numberOf(row, 'deployed_days')
          ? `${amount(numberOf(row, 'deployments'), 'deployment')} fell on ${amount(numberOf(row, 'deployed_days'), 'day')}`
          : null,
    },
    {
      rule: 'The figure is the median of all Monday weeks of the window: those without a deployment count as 0, also before the first deployment that is known, and those that the window cuts count like whole ones.',
      effect: whenAny(
        'empty_weeks',
        (count, { n }) => `${amount(count, 'week')} of ${String(n)} without a deployment count as 0`,
      ),
    },
    lowerMedian((value) => `${round(value)} days`),
    {
      rule: 'Its calendar goes back at most 400 days from the end of the window.',
      effect: whenAny(
        'days_cut',
        (count) => `${amount(count, 'day')} of the window lie before its calendar and are left out`,
      ),
    },
    {
      rule: 'An environment counts where its name matches `(?i)prod(.*)`, `preprod` and `nonprod` among them; `live` does not.',
      effect: (row) => {
        const [more, fewer] = [numberOf(row, 'other_environments'), numberOf(row, 'unmatched_environments')];
        if (more + fewer === 0) return null;
        return `by the name of the environment ${amount(more, 'deployment')} count there and not here, ${String(fewer)} here and not there`;
      },
    },
    {
      rule: 'Bands of 2023: 5 days a week or more, 1 a week, 1 a month, less. Of 2021: 5 a week, 1 a month, 1 in six months, less.',
    },
  ],
};

function band2023(row: RivalRow, perWeek: number): string {
  if (perWeek >= 5) return 'elite';
  if (perWeek >= 1) return 'high';
  return numberOf(row, 'per_month') >= 1 ? 'medium' : 'low';
}

function band2021(row: RivalRow, perWeek: number): string {
  if (perWeek >= 5) return 'elite';
  if (numberOf(row, 'per_month') >= 1) return 'high';
  return numberOf(row, 'per_half_year') >= 1 ? 'medium' : 'low';
}
