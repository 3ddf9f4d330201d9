import { defineMetric } from '../metric.ts';
import {
  botPullRequests,
  otherBranches,
  pullRequestBasis,
  reviewGaps,
  unmerged,
} from '../wording/pull-requests.ts';

export const metric = defineMetric({
  id: 'silent_approval_rate',
  category: 'review',
  title: 'Silent approval rate',
  description:
    'The share of large approved pull requests that were approved without a word from any reviewer.',
  source:
    'Bellwether’s own. Large: from as many effective lines as `pullRequests.largeLines` says, 400 by default.',
  unit: 'ratio',
  direction: 'lower-is-better',
  grain: 'one large pull request merged to the default branch that another person had approved',
  at: 'the merge',
  aggregate: {
    kind: 'ratio',
    numerator: 'large pull requests approved without a word',
    denominator: 'large approved pull requests',
  },
  hasManyServices: true,
  dimensions: ['repo', 'service', 'team', 'team_group', 'is_bot'],
  gaps: {
    'size-unknown': 'its files are not known, or not all of them, so it may be large or not',
    'reviews-unknown': reviewGaps['reviews-unknown'],
  },
  basis: pullRequestBasis,
  exclusions: [
    botPullRequests,
    otherBranches,
    unmerged,
    {
      what: 'small pull requests',
      why: 'there is often nothing to say about ten lines',
      howToSee: 'the metric pull_request_size',
    },
    {
      what: 'pull requests that no other person had approved',
      why: 'nobody has said that they are good',
      howToSee: 'the metric self_merge_rate',
    },
  ],
  coverage:
    'of the approved pull requests merged in the period that are or may be large: those that are known',
  drillDown: ['change_id', 'effective_lines'],
  requires: ['github.pull-requests'],
  howItMisleads: [
    'Nobody needs to write what was said aloud: a pair that went through it together is silent here.',
    'A word is enough. "LGTM" on two thousand lines is not silent.',
    'A move of files or a renamed symbol is large and needs no word.',
    'Asked for as a target it makes people write words.',
  ],
});
