import { spans, spanText, wordBelow } from '../spans.ts';
import { amount, type RivalMetric, type RivalRow, whenAny } from '../system.ts';
import { lowerMedian } from './median.ts';

const band = (year: string, { value }: RivalRow): string =>
  value === null
    ? ''
    : `${wordBelow(
        value,
        [
          [spans.HOUR, 'elite'],
          [spans.DAY, 'high'],
          [7 * spans.DAY, 'medium'],
        ],
        'low',
      )} (${year})`;

export const recoveryTime: RivalMetric = {
  ours: 'failed_deployment_recovery_time',
  title: 'Failed deployment recovery time (2023)',
  file: 'recovery-time.sql',
  unit: 'seconds',
  band: (row) => band('2023', row),
  clauses: [
    {
      rule: 'It runs from the finish of the deployment that the incident is charged to until the incident is resolved. Here it begins when the failure began: with the incident, where that is the evidence.',
      effect: (row) =>
        row['before_opening'] == null
          ? null
          : `between the deployment that is charged and the opening of the incident passed ${spanText(row['before_opening'])} (median)`,
    },
    {
      rule: 'The deployment is the latest before the incident, without limit in time.',
      effect: whenAny(
        'old_incidents',
        (count) => `${amount(count, 'incident')} were charged to a deployment older than 30 days`,
      ),
    },
    {
      rule: 'Deployment and resolution both lie in the window: a failure that crosses its beginning is missing.',
    },
    { rule: 'Whole minutes, rounded down. A recovery by rollback or fix without an incident is not seen.' },
    lowerMedian(spanText),
  ],
};

export const timeToRestore: RivalMetric = {
  ours: 'failed_deployment_recovery_time',
  title: 'Time to restore service (2021)',
  file: 'time-to-restore.sql',
  unit: 'seconds',
  band: (row) => band('2021', row),
  clauses: [
    {
      rule: 'The duration of every incident that was opened in the window, whatever caused it. Here only failures caused by a deployment.',
      effect: (row) => (row.n > 0 ? `${amount(row.n, 'incident')} count, whatever caused them` : null),
    },
    lowerMedian(spanText),
  ],
};
