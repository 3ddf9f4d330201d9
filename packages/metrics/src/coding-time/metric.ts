import { defineMetric } from '../metric.ts';
import {
  botPullRequests,
  negativeGap,
  otherBranches,
  startBasis,
  stageMisleads,
  unmerged,
} from '../wording/pull-requests.ts';

export const metric = defineMetric({
  id: 'coding_time',
  category: 'flow',
  title: 'Coding time',
  description:
    'How long a pull request was worked on before others were asked to look: from its first commit to ready for review, with ' +
    'the time that it was put back to draft.',
  source: 'Bellwether’s own: a stage of the cycle time.',
  unit: 'seconds',
  direction: 'neither',
  grain: 'one pull request merged to the default branch',
  at: 'the merge: then the stage is over for good, whether or not it has been deployed',
  aggregate: { kind: 'distribution' },
  hasBusinessHours: true,
  hasManyServices: true,
  dimensions: ['repo', 'service', 'team', 'team_group', 'is_bot', 'starts_at'],
  gaps: {
    'did-not-happen':
      'it was not marked ready before its merge, so nobody knows when coding ended; its time belongs to the stage that follows',
    negative: negativeGap,
  },
  basis: startBasis,
  exclusions: [botPullRequests, otherBranches, unmerged],
  coverage: 'of the pull requests merged in the period: those that were marked ready for review',
  drillDown: ['change_id'],
  requires: ['github.pull-requests'],
  howItMisleads: [
    'Time on other work is in it: a first commit in January and a second one in March are two months of coding.',
    'What was thought, tried or left uncommitted before the first commit is not in it.',
    'A branch that is squashed before it is pushed has lost its beginning.',
    'A long one is no fault by itself: some problems need thought.',
    ...stageMisleads,
  ],
});
