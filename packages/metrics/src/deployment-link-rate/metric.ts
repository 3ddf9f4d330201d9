import { defineMetric } from '../metric.ts';
import { changeBasis, commitStreams, deploymentStreams, undatedChanges } from '../wording/deployments.ts';

export const metric = defineMetric({
  id: 'deployment_link_rate',
  category: 'data-quality',
  title: 'Deployment link rate',
  description:
    'The share of merged changes that are known to be in production: of how many changes DORA’s metrics speak.',
  source: 'Bellwether’s own: the change lead time says nothing of a change that no deployment carried.',
  unit: 'ratio',
  direction: 'higher-is-better',
  grain: 'one merged change',
  at: 'the merge: a recent period rises as its changes are deployed',
  aggregate: { kind: 'ratio', numerator: 'changes in production', denominator: 'changes that could be told' },
  history: 'window',
  hasManyServices: true,
  dimensions: ['repo', 'service', 'team', 'team_group', 'is_bot', 'kind'],
  gaps: {
    baseline:
      'first carried by the first known deployment of the service: whether an earlier one had carried it is not known',
    'never-deployed': 'no production deployment of the repository is known, so nothing could carry it',
  },
  basis: changeBasis,
  exclusions: [
    {
      what: 'changes by bots',
      why: 'the same as in the change lead time, so that the two agree',
      howToSee: "the filter bots: 'include' or 'only'",
    },
    {
      what: 'changes of repositories without a known deployment, and those of the first one: counted, without a value',
      why: 'nothing could have linked them; the coverage tells how many they are',
      howToSee: "metrics.deployment_link_rate, where gap != ''",
    },
    undatedChanges,
  ],
  coverage:
    'of the changes merged in the period: those of which it can be told whether they are in production',
  drillDown: ['change_id', 'deployment_id'],
  requires: [commitStreams, deploymentStreams],
  howItMisleads: [
    'Changes of the last days wait for their deployment and are no fault of the data: changes_awaiting_deployment has ' +
      'their age.',
    'A change to a file that is never deployed is never linked.',
    'Of a company whose deployments are hardly recorded it speaks of a few repositories only: look at the coverage.',
    'By service a change counts in each that its files belong to, though one of them may have been deployed and another not.',
  ],
});
