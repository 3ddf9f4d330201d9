import { defineMetric } from '../metric.ts';
import { botPullRequests, otherBranches, pullRequestBasis, unmerged } from '../wording/pull-requests.ts';

export const metric = defineMetric({
  id: 'pull_request_size',
  category: 'flow',
  title: 'Pull request size',
  description:
    'How large merged pull requests are: added and deleted lines without lockfiles, generated and vendored files.',
  source: 'Bellwether’s own; small batches are a practice of DORA’s.',
  unit: 'lines',
  direction: 'lower-is-better',
  grain: 'one pull request merged to the default branch',
  at: 'the merge',
  aggregate: { kind: 'distribution' },
  hasManyServices: true,
  dimensions: ['repo', 'service', 'team', 'team_group', 'is_bot'],
  gaps: {
    'files-cut': 'the source listed only some of its files, so its lines are not known',
    'files-unknown': 'its files were not collected',
  },
  basis: pullRequestBasis,
  exclusions: [botPullRequests, otherBranches, unmerged],
  coverage: 'of the pull requests merged in the period: those whose files are all known',
  drillDown: ['change_id', 'additions', 'deletions'],
  requires: ['github.pull-requests'],
  howItMisleads: [
    'The largest pull requests are those whose file lists are cut: they are missing, so p90 is too low where the coverage is.',
    'A moved or reformatted file counts in full, and takes a minute to review.',
    'Which files are generated is told from their paths: one that nobody thought of counts as work.',
    'Few lines can be a great change.',
  ],
});
