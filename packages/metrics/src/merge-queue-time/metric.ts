import { defineMetric } from '../metric.ts';
import {
  botPullRequests,
  negativeGap,
  otherBranches,
  pullRequestBasis,
  unmerged,
} from '../wording/pull-requests.ts';

export const metric = defineMetric({
  id: 'merge_queue_time',
  category: 'flow',
  title: 'Merge queue time',
  description: 'How long merged pull requests stood in the merge queue, all their stays in it together.',
  source: 'Bellwether’s own; part of the merge wait.',
  unit: 'seconds',
  direction: 'lower-is-better',
  grain: 'one pull request merged to the default branch',
  at: 'the merge',
  aggregate: { kind: 'distribution' },
  hasManyServices: true,
  dimensions: ['repo', 'service', 'team', 'team_group', 'is_bot'],
  gaps: {
    'not-queued': 'it was not merged through a merge queue',
    negative: negativeGap,
  },
  basis: pullRequestBasis,
  exclusions: [botPullRequests, otherBranches, unmerged],
  coverage: 'of the pull requests merged in the period: those that went through a merge queue',
  drillDown: ['change_id'],
  requires: ['github.pull-requests'],
  howItMisleads: [
    'The time between two stays, when a failure was mended, is not in it: it is merge wait.',
    'Only the queue of GitHub is known. Merge bots with a queue of their own look like merge wait.',
    'Where few go through the queue it speaks of few: look at the coverage.',
  ],
});
