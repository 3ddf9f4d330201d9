import { defineMetric } from '../metric.ts';
import { signalBasis } from '../wording/deployments.ts';

const { deployment, workflow_run, imported } = signalBasis;

export const metric = defineMetric({
  id: 'deployment_success_rate',
  category: 'dora',
  title: 'Deployment success rate',
  description: 'The share of attempts to deploy to production that arrived there.',
  source:
    'Bellwether’s own, beside DORA’s change fail rate: that one speaks of deployments that arrived and did harm, this one of those that never arrived.',
  unit: 'ratio',
  direction: 'higher-is-better',
  grain: 'one attempt to deploy to a production environment',
  at: 'when the attempt began, or when it finished where nothing else is known',
  aggregate: { kind: 'ratio', numerator: 'attempts that succeeded', denominator: 'attempts that ended' },
  dimensions: ['repo', 'service', 'team', 'team_group', 'environment'],
  gaps: {
    cancelled: 'somebody stopped it, so it neither succeeded nor failed',
    unfinished: 'it is still running, or nobody recorded its end',
    'failures-not-recorded': 'a tag or a release is only made when all went well: failures leave no trace',
  },
  basis: { deployment, workflow_run, imported },
  exclusions: [
    {
      what: 'attempts to reach other environments',
      why: 'what fails in staging has done its work there',
      howToSee: "facts.deployment_attempts, where environment_kind != 'production'",
    },
    {
      what: 'attempts that were cancelled or are not finished: counted, without a value',
      why: 'a queue that replaces an attempt by the next one would look like failure',
      howToSee: "metrics.deployment_success_rate, where gap in ('cancelled', 'unfinished')",
    },
    {
      what: 'tags and releases: counted, without a value',
      why: 'nobody tags a failure, so their rate would always be 100%',
      howToSee: "metrics.deployment_success_rate, where gap = 'failures-not-recorded'",
    },
  ],
  coverage: 'of the attempts of the period: those that are known to have succeeded or failed',
  drillDown: ['deployment_id', 'ref'],
  requires: ['github.deployments | github.builds | import.deployments'],
  howItMisleads: [
    'A pipeline that tries again by itself has one failed attempt and one good one; users noticed neither.',
    'A deployment that arrives and breaks everything is a success here. Read it beside the change fail rate.',
    'An import that brings only what went well comes to 100%.',
    'Many small attempts that stop at a gate are a gate at work, not a team in trouble.',
  ],
});
