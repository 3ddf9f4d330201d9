import { defineMetric } from '../metric.ts';

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
  basis: {
    deployment: 'a deployment that the platform recorded',
    workflow_run: 'a run of the deploying workflow',
    release: 'a published release',
    tag: 'a tag stands in for a deployment',
    imported: 'a deployment that another system reported',
  },
  exclusions: [
    {
      what: 'attempts that did not arrive, and other environments',
      why: 'no change metric rests on them',
      howToSee: "facts.deployment_attempts, where result != 'success' or environment_kind != 'production'",
    },
    {
      what: 'deployments without a date that can be believed',
      why: 'they belong to no period, as in the deployment frequency',
      howToSee: "facts.findings, where kind = 'unrealistic-deployment-date'",
    },
  ],
  coverage: 'always whole: each deployment is one row with a value',
  drillDown: ['deployment_id', 'ref'],
  requires: [
    'git.tags | github.tags | github.releases | github.deployments | github.builds | import.deployments',
  ],
  howItMisleads: [
    'A revision that is named need not be known: data_findings has those that are not (unknown-deployment-commit).',
    'Tags always have one, so a team that moves from tags to imported deployments can fall.',
  ],
});
