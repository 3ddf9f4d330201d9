import { defineMetric } from '../metric.ts';
import {
  botPullRequests,
  otherBranches,
  pullRequestBasis,
  reviewGaps,
  unmerged,
} from '../wording/pull-requests.ts';

export const metric = defineMetric({
  id: 'cross_team_review_rate',
  category: 'review',
  title: 'Cross-team review rate',
  description: 'The share of reviewed pull requests that somebody of another team reviewed.',
  source:
    'Bellwether’s own. Reviewed by a person of another team than the author’s ÷ reviewed by another person.',
  unit: 'ratio',
  direction: 'neither',
  grain:
    'one pull request merged to the default branch that another person had reviewed; its team is the author’s',
  at: 'the merge',
  aggregate: {
    kind: 'ratio',
    numerator: 'pull requests that another team reviewed',
    denominator: 'reviewed pull requests',
  },
  hasManyServices: true,
  dimensions: ['repo', 'service', 'team', 'team_group', 'is_bot'],
  gaps: {
    'team-unknown': 'the team of the author or of a reviewer is not known',
    'reviews-unknown': reviewGaps['reviews-unknown'],
  },
  basis: pullRequestBasis,
  exclusions: [
    botPullRequests,
    otherBranches,
    unmerged,
    {
      what: 'pull requests that no other person had reviewed',
      why: 'they say nothing of who reviews whom',
      howToSee: 'the metric self_merge_rate',
    },
  ],
  coverage:
    'of the reviewed pull requests merged in the period: those where it is known who is in which team',
  drillDown: ['change_id'],
  requires: ['github.pull-requests'],
  howItMisleads: [
    'Neither much nor little is good. Much can be an open house, or a team that may not decide alone; little can be a ' +
      'team that stands on its feet, or one that nobody looks at.',
    'A team that owns what all others change has a high rate by its nature: the authors’ figure is high, not its own.',
    'After a reorganisation it jumps without anybody having done anything else.',
    'Whoever is in two teams shares a team with more people.',
  ],
});
