import { spans, spanText, wordBelow } from '../spans.ts';
import { amount, type RivalMetric, whenAny } from '../system.ts';
import { lowerMedian } from './median.ts';

const { HOUR, DAY } = spans;
const tiers = (elite: number, high: number, medium: number, seconds: number): string =>
  wordBelow(
    seconds,
    [
      [elite, 'elite'],
      [high, 'high'],
      [medium, 'medium'],
    ],
    'low',
  );

export const changeLeadTime: RivalMetric = {
  ours: 'change_lead_time',
  title: 'Lead time for changes',
  file: 'change-lead-time.sql',
  unit: 'seconds',
  band: ({ value }) =>
    value === null
      ? ''
      : `${tiers(DAY, 7 * DAY, 30 * DAY, value)} (2023), ${tiers(HOUR, 7 * DAY, 180 * DAY, value)} (2021)`,
  clauses: [
    {
      rule: 'Only merged pull requests are changes. Here a commit on the default branch without a pull request is one too.',
      effect: whenAny(
        'without_pull_request',
        (count) =>
          `${amount(count, 'change')} that count here have no collected pull request, and do not count there`,
      ),
    },
    {
      rule: 'A pull request whose merge commit is not known links to no deployment. Here any commit of it tells which deployment carried it.',
      effect: whenAny(
        'without_merge_commit',
        (count) =>
          `of ${amount(count, 'pull request')} that ${count === 1 ? 'counts' : 'count'} here no merge commit is known, and ${count === 1 ? 'it does' : 'they do'} not count there`,
      ),
    },
    {
      rule: 'Pull requests by bots count. Here they are left out unless they are asked for.',
      effect: whenAny(
        'bots',
        (count, { n }) => `${amount(count, 'pull request')} of ${String(n)} are by bots`,
      ),
    },
    {
      rule: 'It adds coding (first author date to opening), opening to merge, and merge to deployment; a part that is unknown or negative adds nothing. A pull request that was opened before its first remaining commit was written starts at its opening.',
      effect: whenAny(
        'without_coding',
        (count) =>
          `of ${amount(count, 'pull request')} no coding time is known, or it is negative, and 0 is added`,
      ),
    },
    {
      rule: 'Deployed before it was merged, a pull request ends at its merge. Here the clock ends at the deployment.',
      effect: whenAny(
        'deployed_before_merge',
        (count) => `${amount(count, 'pull request')} were deployed before the merge and end at the merge`,
      ),
    },
    {
      rule: 'Each part is rounded up to whole minutes, so the three together are up to three minutes too long.',
    },
    lowerMedian(spanText),
    {
      rule: 'The first deployment ever links to nothing; here it is a baseline, whose changes are shown without a lead time.',
    },
    {
      rule: 'Those count whose deployment finished in the window, as here.',
    },
  ],
};
