import { defineMetric } from '../metric.ts';
import { deploymentStreams, signalBasis, undatedDeployments } from '../wording/deployments.ts';

export const metric = defineMetric({
  id: 'deployment_revision_rate',
  category: 'data-quality',
  title: 'Deployment revision rate',
  description: 'The share of production deployments that say which revision they deployed.',
  source:
    'Bellwether’s own: without a revision no change can be found in a deployment, and no rollback told.',
  unit: 'ratio',
  direction: 'higher-is-better',
  grain: 'one successful deployment to a production environment',
  at: 'when it finished',
  aggregate: { kind: 'ratio', numerator: 'deployments with a revision', denominator: 'deployments' },
  dimensions: ['repo', 'service', 'team', 'team_group', 'environment'],
  gaps: {},
  basis: signalBasis,
  exclusions: [
    {
      what: 'attempts that did not arrive, and other environments',
      why: 'no change metric rests on them',
      howToSee: "facts.deployment_attempts, where result != 'success' or environment_kind != 'production'",
    },
    undatedDeployments,
  ],
  coverage: 'always whole: each deployment is one row with a value',
  drillDown: ['deployment_id', 'ref'],
  requires: [deploymentStreams],
  howItMisleads: [
    'A revision that is named need not be known: data_findings has those that are not (unknown-deployment-commit).',
    'Tags always have one, so a team that moves from tags to imported deployments can fall.',
  ],
});
