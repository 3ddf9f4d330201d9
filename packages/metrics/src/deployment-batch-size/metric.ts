import { defineMetric } from '../metric.ts';
import { commitStreams, deploymentStreams, signalBasis } from '../wording/deployments.ts';

export const metric = defineMetric({
  id: 'deployment_batch_size',
  category: 'dora',
  title: 'Deployment batch size',
  description: 'How many changes reach production together: those that a deployment was the first to carry.',
  source:
    'Bellwether’s own. DORA names working in small batches as what makes the others better; it has no figure for it.',
  unit: 'changes',
  direction: 'lower-is-better',
  grain: 'one counted deployment to a production environment',
  at: 'when the deployment finished',
  aggregate: { kind: 'distribution' },
  dimensions: ['repo', 'service', 'team', 'team_group', 'environment'],
  gaps: {
    baseline: 'the first known deployment of the service: what it was the first to carry is not known',
  },
  basis: signalBasis,
  exclusions: [
    {
      what: 'the first known deployment of a service: counted, without a value',
      why: 'it carries years of history, and nobody knows what of it was new',
      howToSee: "metrics.deployment_batch_size, where gap = 'baseline'",
    },
  ],
  coverage: 'of the production deployments of the period: those of which it is known what they brought',
  drillDown: ['deployment_id', 'ref'],
  requires: [commitStreams, deploymentStreams],
  howItMisleads: [
    'Changes by bots are in it: a day of dependency updates looks like a large batch.',
    'In a monorepo without path globs the first service that is released takes all changes, and the others none.',
    'A deployment of the same revision again, or a rollback, brings 0 changes and pulls the median down.',
    'A deployment that names no known revision brings 0 changes as well: read it beside deployment_revision_rate.',
    'It counts changes, not lines: one change of 5,000 lines is a batch of one.',
  ],
});
