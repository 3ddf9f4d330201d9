import { defineMetric } from '../metric.ts';
import { botPullRequests, otherBranches, pullRequestBasis } from '../wording/pull-requests.ts';

export const metric = defineMetric({
  id: 'work_in_progress',
  category: 'flow',
  title: 'Work in progress',
  description:
    'Pull requests that are open at the end of each period, and how long they have been open by then.',
  source: 'Little’s law: the more is in progress, the longer each takes.',
  unit: 'pull requests',
  direction: 'lower-is-better',
  grain: 'one pull request to the default branch, from its opening to its merge or close',
  at: 'when it was opened; `ends_at` is when it was merged or closed, null as long as it is open',
  aggregate: { kind: 'snapshot' },
  hasManyServices: true,
  dimensions: ['repo', 'service', 'team', 'team_group', 'is_bot', 'is_draft'],
  gaps: {},
  basis: pullRequestBasis,
  exclusions: [botPullRequests, otherBranches],
  coverage: 'of the pull requests open at that instant: all',
  drillDown: ['change_id'],
  requires: ['github.pull-requests'],
  howItMisleads: [
    'is_draft is how it is now, or was when it ended, not how it was at that instant.',
    'Branches without a pull request are work, too, and nobody sees them.',
    'One that was closed and reopened counts as open all the time between.',
    'Forgotten pull requests make it grow and grow old: read the median of the age beside p90.',
    'Open is not busy: one may wait for a review, another for a decision of months.',
  ],
});
