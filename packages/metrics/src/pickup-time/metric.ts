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
  id: 'pickup_time',
  category: 'flow',
  title: 'Pickup time',
  description:
    'How long a finished pull request waited until another person looked at it: from ready for review to the first review, ' +
    'without the time that it was back in draft.',
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
      'no other person reviewed it before it was merged or ran in production; its time belongs to the stage that follows',
    negative: negativeGap,
  },
  basis: pullRequestBasis,
  exclusions: [botPullRequests, otherBranches, unmerged],
  coverage: 'of the pull requests merged in the period: those that another person reviewed',
  drillDown: ['change_id'],
  requires: ['github.pull-requests'],
  howItMisleads: [
    'It speaks of merged pull requests. What still waits for a first look is in time_to_first_review.',
    'One comment ends it: a quick "will look tomorrow" is a pickup.',
    'A review before it was ready makes it 0, and is no first review in time_to_first_review.',
    ...stageMisleads,
  ],
});
