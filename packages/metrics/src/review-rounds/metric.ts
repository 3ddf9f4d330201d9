import { defineMetric } from '../metric.ts';
import {
  botPullRequests,
  otherBranches,
  pullRequestBasis,
  reviewGaps,
  unmerged,
} from '../wording/pull-requests.ts';

export const metric = defineMetric({
  id: 'review_rounds',
  category: 'flow',
  title: 'Review rounds',
  description:
    'How often the reviewers of a merged pull request had their say. A round is all reviews by other people between two times ' +
    'that the author came back: with a commit, with a force-push, or by asking somebody again.',
  source: 'Bellwether’s own.',
  unit: 'rounds',
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
    'More rounds are not worse: they may be thorough reviews, or small steps. Fewer are not better: one round may be a glance.',
    'A force-push that only takes in the default branch looks like new work. A commit counts when it is dated, not when it was pushed.',
    'Rounds in a chat or at a desk leave no trace.',
    'A median of whole numbers hardly moves: read p75 and p90.',
  ],
});
