import { defineMetric } from '../metric.ts';
import {
  botPullRequests,
  negativeGap,
  otherBranches,
  pullRequestBasis,
  stageMisleads,
  unmerged,
} from '../wording/pull-requests.ts';

export const metric = defineMetric({
  id: 'merge_wait_time',
  category: 'flow',
  title: 'Merge wait time',
  description:
    'How long an approved pull request waited for its merge: from the last approval to the merge. Where nobody approved, it ' +
    'begins with the last stage boundary that there was.',
  source: 'Bellwether’s own: a stage of the cycle time.',
  unit: 'seconds',
  direction: 'lower-is-better',
  grain: 'one pull request merged to the default branch',
  at: 'the merge: then the stage is over for good, whether or not it has been deployed',
  aggregate: { kind: 'distribution' },
  hasBusinessHours: true,
  hasManyServices: true,
  dimensions: ['repo', 'service', 'team', 'team_group', 'is_bot'],
  gaps: {
    'did-not-happen': 'it ran in production before this wait began',
    negative: negativeGap,
  },
  basis: pullRequestBasis,
  exclusions: [botPullRequests, otherBranches, unmerged],
  coverage:
    'of the pull requests merged in the period: those that waited for their merge, be it 0 s, by dates that can be believed',
  drillDown: ['change_id'],
  requires: ['github.pull-requests'],
  howItMisleads: [
    'Without a required approval it holds all the time from ready, or from the first review, to the merge.',
    'Slow checks, a merge queue and waiting for a release train all look alike in it: see merge_queue_time.',
    ...stageMisleads,
  ],
});
