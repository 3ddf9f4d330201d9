import { defineMetric } from '../metric.ts';
import { commitStreams, deploymentStreams, failedAttempts } from '../wording/deployments.ts';

export const metric = defineMetric({
  id: 'change_fail_rate',
  category: 'dora',
  title: 'Change fail rate',
  description:
    'The share of production deployments that needed immediate intervention, as an incident, a rollback, a revert, a ' +
    'hotfix or the ruling of a person shows.',
  source: 'DORA, definition of 2024: deployments that needed immediate intervention ÷ deployments.',
  unit: 'ratio',
  direction: 'lower-is-better',
  grain: 'one counted deployment to a production environment, the first known one included',
  at: 'when the deployment finished, not when it turned out to be broken: a period’s rate can still rise afterwards',
  aggregate: { kind: 'ratio', numerator: 'failed deployments', denominator: 'deployments' },
  dimensions: ['repo', 'service', 'team', 'team_group', 'environment'],
  gaps: {
    'no-failure-evidence':
      'nothing that could tell a failure is connected, so zero failures would be a guess',
  },
  basis: {
    'reverts-and-rollbacks':
      'seen in the history alone: a floor, because a failure mended by a later release is not seen',
    incidents: 'incidents are written down, so a deployment without one is taken to have gone well',
  },
  exclusions: [
    {
      what: 'deployments of services whose failures nothing could tell: counted, without a value',
      why: 'unknown is not zero',
      howToSee: "metrics.change_fail_rate, where gap = 'no-failure-evidence'",
    },
    failedAttempts,
    {
      what: 'failures whose original and revert lie in the same deployment',
      why: 'the broken state was never deployed',
      howToSee: 'facts.changes, where reverts_change_id is not null',
    },
  ],
  coverage: 'of the production deployments of the period: those for which a failure could have been seen',
  drillDown: ['deployment_id', 'ref', 'evidence', 'confidence', 'incident_id'],
  requires: [commitStreams, deploymentStreams],
  howItMisleads: [
    'From reverts and rollbacks alone it is a floor: most failures are mended forward. No DORA band applies.',
    'A revert is taken as a failure, and some reverts only change a plan: `bellwether override` rules on single cases.',
    'An incident that names no deployment is held against the last one of its service within `incidents.windowHours`: ' +
      'a guess, with low confidence.',
    'Where incidents were first written down years after the first deployment, the years before look better than they ' +
      'were.',
    'Rare, large deployments fail more often but count once; read it with the frequency and never as a goal of its own.',
    'With few deployments one failure moves it by many points: look at n.',
  ],
});
