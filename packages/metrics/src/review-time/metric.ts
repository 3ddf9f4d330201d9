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
  id: 'review_time',
  category: 'flow',
  title: 'Review time',
  description:
    'How long reviewing took: from the first review by another person to the last approval before the merge. The author’s work ' +
    'on what the review asked for is in it.',
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
    'did-not-happen':
      'nobody approved it before it was merged or ran in production; its time belongs to the stage that follows',
    negative: negativeGap,
  },
  basis: pullRequestBasis,
  exclusions: [botPullRequests, otherBranches, unmerged],
  coverage: 'of the pull requests merged in the period: those that were approved',
  drillDown: ['change_id'],
  requires: ['github.pull-requests'],
  howItMisleads: [
    'An approval at first sight makes it 0, whether the change was trivial or nobody read it: see review_depth.',
    'It does not tell whom it waited for, the author or the reviewer.',
    'An approval after the merge does not count. Of several approvals the last one ends it.',
    ...stageMisleads,
  ],
});
