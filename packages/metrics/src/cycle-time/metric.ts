import { defineMetric } from '../metric.ts';
import { baselineGap, commitStreams, deploymentStreams } from '../wording/deployments.ts';
import {
  botPullRequests,
  negativeGap,
  notYetDeployed,
  otherBranches,
  stageMisleads,
  startBasis,
} from '../wording/pull-requests.ts';

export const metric = defineMetric({
  id: 'cycle_time',
  category: 'flow',
  title: 'Cycle time',
  description:
    'How long a pull request takes from its first commit to production: coding, pickup, review, merge wait and deploy ' +
    'together. For each pull request the stages sum to it exactly.',
  source:
    'Bellwether’s own stages, in the tradition of the cycle time of Kanban; its end is that of DORA’s change lead time.',
  unit: 'seconds',
  direction: 'lower-is-better',
  grain: 'one pull request to the default branch that reached production',
  at: 'when the deployment that first carried it finished, as for the change lead time; a figure belongs to the period that delivered it',
  aggregate: { kind: 'distribution' },
  hasBusinessHours: true,
  hasManyServices: true,
  dimensions: ['repo', 'service', 'team', 'team_group', 'is_bot', 'starts_at'],
  gaps: { baseline: baselineGap, negative: negativeGap },
  basis: startBasis,
  exclusions: [
    botPullRequests,
    otherBranches,
    notYetDeployed,
    {
      what: 'commits without a pull request',
      why: 'they have no stages',
      howToSee: 'the metric change_lead_time, grouped by kind',
    },
  ],
  coverage: 'of the pull requests that reached production in the period: those whose cycle time is known',
  parts: [
    { metric: 'coding_time', column: 'coding_seconds' },
    { metric: 'pickup_time', column: 'pickup_seconds' },
    { metric: 'review_time', column: 'review_seconds' },
    { metric: 'merge_wait_time', column: 'merge_wait_seconds' },
    { metric: 'deploy_time', column: 'deploy_seconds' },
  ],
  drillDown: ['change_id', 'deployment_id', 'merged_at'],
  requires: ['github.pull-requests', commitStreams, deploymentStreams],
  howItMisleads: [
    'It differs from the change lead time where a change reaches several services: here it counts once, with the first of them.',
    'Releasing rarely makes it long, however quick the work: look at its stages.',
    'A pull request that ran in production before its merge ends there: what came after is not in it.',
    'Work that is given up, or not yet deployed, is not in it.',
    ...stageMisleads,
  ],
});
