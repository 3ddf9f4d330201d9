import { defineMetric } from '../metric.ts';
import { commitStreams, deploymentStreams, failedAttempts } from '../wording/deployments.ts';

export const metric = defineMetric({
  id: 'deployment_rework_rate',
  category: 'dora',
  title: 'Deployment rework rate',
  description:
    'The share of production deployments that nobody had planned: they were made to repair an earlier one.',
  source: 'DORA, definition of 2024: unplanned deployments caused by a production incident ÷ deployments.',
  unit: 'ratio',
  direction: 'lower-is-better',
  grain: 'one counted deployment to a production environment, the first known one included',
  at: 'when the deployment finished',
  aggregate: { kind: 'ratio', numerator: 'deployments that repaired', denominator: 'deployments' },
  dimensions: ['repo', 'service', 'team', 'team_group', 'environment'],
  gaps: {
    'no-failure-evidence': 'nothing that could tell a failure, and so its repair, is connected',
  },
  basis: {
    'reverts-and-rollbacks': 'rollbacks, reverts and hotfixes seen in the history: a floor',
    incidents: 'incidents are written down: what nobody had planned and follows a failure counts as well',
  },
  exclusions: [
    {
      what: 'deployments of services whose failures nothing could tell: counted, without a value',
      why: 'unknown is not zero',
      howToSee: "metrics.deployment_rework_rate, where gap = 'no-failure-evidence'",
    },
    failedAttempts,
  ],
  coverage: 'of the production deployments of the period: those for which a repair could have been seen',
  drillDown: ['deployment_id', 'ref'],
  requires: [commitStreams, deploymentStreams],
  howItMisleads: [
    'From the history alone it is a floor: a repair that looks like an ordinary release is not seen.',
    'A repair that waits for the next planned release is no rework, though users waited longer.',
    'It moves with the change fail rate; the two are one story, not two successes.',
  ],
});
