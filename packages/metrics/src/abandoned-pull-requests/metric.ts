import { defineMetric } from '../metric.ts';
import { botPullRequests, otherBranches, pullRequestBasis } from '../wording/pull-requests.ts';

export const metric = defineMetric({
  id: 'abandoned_pull_requests',
  category: 'flow',
  title: 'Abandoned pull requests',
  description: 'Which share of the pull requests that ended was closed without a merge.',
  source: 'Bellwether’s own.',
  unit: 'ratio',
  direction: 'neither',
  grain: 'one pull request to the default branch that was merged or closed',
  at: 'when it ended, by merge or close',
  aggregate: {
    kind: 'ratio',
    numerator: 'pull requests closed without a merge',
    denominator: 'pull requests that ended',
  },
  hasManyServices: true,
  dimensions: ['repo', 'service', 'team', 'team_group', 'is_bot'],
  gaps: {},
  basis: pullRequestBasis,
  exclusions: [
    botPullRequests,
    otherBranches,
    {
      what: 'pull requests that are still open',
      why: 'nobody has decided yet',
      howToSee: 'the metric work_in_progress',
    },
  ],
  coverage: 'of the pull requests that ended in the period: all',
  drillDown: ['change_id', 'created_at'],
  requires: ['github.pull-requests'],
  howItMisleads: [
    'What is closed and opened anew as another pull request is abandoned once and merged once; what is reopened is open again.',
    'What was merged by hand, outside of the pull request, counts as abandoned.',
    'One that nobody closes is never abandoned: see the age of the work in progress.',
    'An experiment that is thrown away early has done its work.',
  ],
});
