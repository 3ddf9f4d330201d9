import { defineMetric } from '../metric.ts';
import { baselineGap, commitStreams, deploymentStreams } from '../wording/deployments.ts';
import {
  botPullRequests,
  negativeGap,
  notYetDeployed,
  otherBranches,
  stageMisleads,
} from '../wording/pull-requests.ts';

export const metric = defineMetric({
  id: 'deploy_time',
  category: 'flow',
  title: 'Deploy time',
  description:
    'How long a merged pull request waited for production: from its merge to the first production deployment that carried it, ' +
    'by ancestry.',
  source: 'Bellwether’s own: a stage of the cycle time.',
  unit: 'seconds',
  direction: 'lower-is-better',
  grain: 'one pull request to the default branch that reached production',
  at: 'when the deployment that first carried it finished, as for the cycle time: the other stages stand at the merge',
  aggregate: { kind: 'distribution' },
  hasBusinessHours: true,
  hasManyServices: true,
  dimensions: ['repo', 'service', 'team', 'team_group', 'is_bot'],
  gaps: { baseline: baselineGap, negative: negativeGap },
  basis: {
    'deployed-after-merge': 'the deployment finished after the merge',
    'deployed-before-merge': 'it ran in production before it was merged: the stage counts as 0',
  },
  exclusions: [botPullRequests, otherBranches, notYetDeployed],
  coverage:
    'of the pull requests that reached production in the period: those whose deployment is known to be their first',
  drillDown: ['change_id', 'deployment_id', 'merged_at'],
  requires: ['github.pull-requests', commitStreams, deploymentStreams],
  howItMisleads: [
    'A team that stops releasing keeps a fine deploy time until the day it releases: read it beside changes_awaiting_deployment.',
    'A change to a file that is never deployed by itself, documentation for instance, waits for the next release.',
    'Branches deployed before their merge count as 0: the basis tells how many.',
    ...stageMisleads,
  ],
});
