import { defineMetric } from '../metric.ts';
import {
  botPullRequests,
  otherBranches,
  pullRequestBasis,
  reviewGaps,
  unmerged,
} from '../wording/pull-requests.ts';

export const metric = defineMetric({
  id: 'self_merge_rate',
  category: 'review',
  title: 'Self-merge rate',
  description: 'The share of merged pull requests that no other person had reviewed.',
  source: 'Bellwether’s own. Merged without a review by a person other than the author ÷ merged.',
  unit: 'ratio',
  direction: 'lower-is-better',
  grain: 'one pull request merged to the default branch',
  at: 'the merge',
  aggregate: {
    kind: 'ratio',
    numerator: 'merged pull requests that no other person had reviewed',
    denominator: 'merged pull requests',
  },
  hasManyServices: true,
  dimensions: ['repo', 'service', 'team', 'team_group', 'is_bot'],
  gaps: { 'reviews-unknown': reviewGaps['reviews-unknown'] },
  basis: pullRequestBasis,
  exclusions: [
    botPullRequests,
    otherBranches,
    unmerged,
    {
      what: 'commits pushed without a pull request',
      why: 'there is nothing that could have been reviewed',
      howToSee: "facts.changes, where kind = 'commit'",
    },
  ],
  coverage: 'of the pull requests merged in the period: those whose reviews are known',
  drillDown: ['change_id'],
  requires: ['github.pull-requests'],
  howItMisleads: [
    'Two people who write together at one desk, or a team that reviews after the merge, look as if nobody had looked.',
    'A review that says nothing counts as one: see the silent approval rate.',
    'A talk in the comments of the conversation is no review.',
    'Who pushes to the default branch directly has no pull request, and so no self-merge: the strictest rule can look ' +
      'worst.',
  ],
});
