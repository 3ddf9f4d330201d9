import { defineMetric } from '../metric.ts';
import {
  botPullRequests,
  otherBranches,
  pullRequestBasis,
  reviewGaps,
  unmerged,
} from '../wording/pull-requests.ts';

export const metric = defineMetric({
  id: 'review_depth',
  category: 'flow',
  title: 'Review depth',
  description:
    'How many comments on its lines a merged pull request got in the reviews by other people, for those that had one.',
  source: 'Bellwether’s own.',
  unit: 'comments',
  direction: 'neither',
  grain: 'one pull request merged to the default branch',
  at: 'the merge',
  aggregate: { kind: 'distribution' },
  hasManyServices: true,
  dimensions: ['repo', 'service', 'team', 'team_group', 'is_bot'],
  gaps: reviewGaps,
  basis: pullRequestBasis,
  exclusions: [botPullRequests, otherBranches, unmerged],
  coverage: 'of the pull requests merged in the period: those that another person reviewed',
  drillDown: ['change_id'],
  requires: ['github.pull-requests'],
  howItMisleads: [
    'The text of a review itself, and the conversation below the pull request, are not counted.',
    'Comments are not quality: ten about commas are less than one about a race.',
    'Large pull requests tend to get fewer comments per line: read it beside pull_request_size.',
    'Comments of bots are not in it, so a team whose linter speaks needs fewer of its own.',
    'As a target it makes people chatter.',
  ],
});
