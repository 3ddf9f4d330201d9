import { defineMetric } from '../metric.ts';
import { botPullRequests, otherBranches, pullRequestBasis, unmerged } from '../wording/pull-requests.ts';

export const metric = defineMetric({
  id: 'change_revert_rate',
  category: 'flow',
  title: 'Change revert rate',
  description: 'Which share of the merged pull requests a later change took back.',
  source: 'Bellwether’s own; the change fail rate of DORA counts deployments, this one changes.',
  unit: 'ratio',
  direction: 'lower-is-better',
  grain: 'one pull request merged to the default branch',
  at: 'the merge of the change, not of its revert: the figure of a period says how its work fared',
  aggregate: {
    kind: 'ratio',
    numerator: 'merged pull requests that were later taken back',
    denominator: 'merged pull requests',
  },
  hasManyServices: true,
  dimensions: ['repo', 'service', 'team', 'team_group', 'is_bot'],
  gaps: {},
  basis: pullRequestBasis,
  exclusions: [botPullRequests, otherBranches, unmerged],
  coverage: 'of the pull requests merged in the period: all',
  drillDown: ['change_id', 'reverted_at'],
  requires: ['github.pull-requests'],
  howItMisleads: [
    'The last weeks look better than they are: what will be taken back tomorrow still counts as fine, and old figures rise later.',
    'It knows the reverts that say so, in the branch or the text that git and GitHub write. One written by hand, a flag turned off and a fix are not in it.',
    'A revert is itself a merged change, and counts in the denominator.',
    'Taking back quickly is a healthy habit: a target of zero makes people hesitate.',
  ],
});
