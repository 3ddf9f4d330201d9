import { spans, spanText, wordBelow } from '../spans.ts';
import { amount, numberOf, type RivalMetric, type RivalSystem, whenAny } from '../system.ts';

const { HOUR, DAY } = spans;
/** Its month has 730 hours. */
const bandOfTime = (value: number): string =>
  wordBelow(
    value,
    [
      [DAY, 'one day'],
      [7 * DAY, 'one week'],
      [730 * HOUR, 'one month'],
      [6 * 730 * HOUR, 'six months'],
    ],
    'one year',
  );

const deploymentFrequency: RivalMetric = {
  ours: 'deployment_frequency',
  title: 'Deployment frequency',
  file: 'deployment-frequency.sql',
  unit: 'days a week',
  band: (row) => {
    if (row.value === null) return '';
    if (row.value >= 3) return 'daily';
    if (numberOf(row, 'per_week') >= 1) return 'weekly';
    return numberOf(row, 'per_month') >= 1 ? 'monthly' : 'yearly';
  },
  clauses: [
    {
      rule: 'Days with a deployment are counted, not deployments.',
      effect: (row) =>
        numberOf(row, 'deployments') > numberOf(row, 'deployed_days')
          ? `${amount(numberOf(row, 'deployments'), 'deployment')} fell on ${amount(numberOf(row, 'deployed_days'), 'day')}`
          : null,
    },
    {
      rule: 'There is no filter for the environment: a deployment to a test environment counts.',
      effect: whenAny(
        'other_environments',
        (count) => `${amount(count, 'deployment')} went to other environments than production`,
      ),
    },
    {
      rule: 'Weeks begin on Sunday, cut ones count like whole ones, and the calendar begins with the day after the first event that is known.',
    },
    { rule: 'Three days in the median week are "daily"; more than half of the weeks with one are "weekly".' },
  ],
};

const changeLeadTime: RivalMetric = {
  ours: 'change_lead_time',
  title: 'Lead time for changes',
  file: 'change-lead-time.sql',
  unit: 'seconds',
  band: ({ value }) => (value === null ? '' : bandOfTime(value)),
  clauses: [
    {
      rule: 'Each commit is a change of its own. Here a pull request is one, with its first commit.',
    },
    {
      rule: 'The clock starts at the date of the pushed commit, which a rebase or squash rewrites. Here it starts at the first author date.',
    },
    {
      rule: 'A deployment knows the commits of one push: the one whose newest commit was deployed. Other pushes since the deployment before have no lead time. A squash leaves one commit, written at the merge.',
      effect: whenAny(
        'unknown_commits',
        (count) =>
          `${amount(count, 'commit')} that deployments brought were in another push, or were squashed, and are not seen`,
      ),
    },
    {
      rule: 'Durations of less than a whole minute, and negative ones, are left out.',
      effect: whenAny(
        'not_positive',
        (count) => `${amount(count, 'commit')} took no whole minute and are left out`,
      ),
    },
    {
      rule: 'Its query groups by day and minutes, so that commits of one day with equal minutes count once.',
      effect: whenAny(
        'equal_pairs',
        (count) => `${amount(count, 'commit')} equal another one of the day and are not counted`,
      ),
    },
    {
      rule: 'There is no filter for the environment.',
      effect: whenAny(
        'other_environments',
        (count) => `${amount(count, 'row')} are of other environments than production`,
      ),
    },
  ],
};

const changeFailRate: RivalMetric = {
  ours: 'change_fail_rate',
  title: 'Change failure rate',
  file: 'change-fail-rate.sql',
  unit: 'ratio',
  band: ({ value }) => (value === null ? '' : value <= 0.15 ? '0–15%' : value < 0.46 ? '16–45%' : '46–60%'),
  clauses: [
    {
      rule: 'Rows of (deployment, change, incident) are divided by the number of different deployments, so that one deployment with three incidents counts three times, and the rate can exceed 100%.',
      effect: whenAny(
        'repeated',
        (count) => `${amount(count, 'row')} repeat a deployment that failed already`,
      ),
    },
    {
      rule: 'Only an incident that names its root cause is joined to anything.',
      effect: whenAny('unnamed', (count) => `${amount(count, 'incident')} name no cause and are not seen`),
    },
    {
      rule: 'Rollbacks, reverts and hotfixes are no evidence.',
      effect: whenAny(
        'only_ours',
        (count) => `${amount(count, 'deployment')} to production failed here and not there`,
      ),
    },
    { rule: 'There is no filter for the environment: the same release in two environments fails twice.' },
  ],
};

const recoveryTime: RivalMetric = {
  ours: 'failed_deployment_recovery_time',
  title: 'Time to restore services',
  file: 'recovery-time.sql',
  unit: 'seconds',
  band: ({ value }) => (value === null ? '' : bandOfTime(value)),
  clauses: [
    {
      rule: 'Every closed incident counts. Where it names a root cause, it begins with the deployment that brought it, else with its opening.',
      effect: whenAny(
        'without_cause',
        (count, { n }) =>
          `${amount(count, 'incident')} of ${String(n)} begin with their opening, because no deployment is known as their cause`,
      ),
    },
    {
      rule: 'Whole hours, rounded down: 50 minutes are 0.',
      effect: (row) => (row.value === null ? null : `it is told in whole hours: ${spanText(row.value)}`),
    },
    {
      rule: 'Open incidents are left out without a word.',
      effect: whenAny('open', (count) => `${amount(count, 'incident')} are still open`),
    },
  ],
};

export const fourKeys: RivalSystem = {
  id: 'four-keys',
  title: 'Four Keys',
  edition: 'its last release; archived in 2024',
  source: 'https://github.com/dora-team/fourkeys: METRICS.md and queries/',
  metrics: [deploymentFrequency, changeLeadTime, changeFailRate, recoveryTime],
  limits: [
    'It looks at the last three months; here at the window of the report.',
    'Pushes are not collected: a merge commit is taken as one push with the commits of its branch, every other commit of the default branch as a push of its own. Several commits pushed at once without a pull request are told apart wrongly.',
    'Its root cause is a text "root cause: <sha>" in the incident; here what the incident names as its cause, and a deployment that it names stands for the commit that was deployed.',
  ],
};
