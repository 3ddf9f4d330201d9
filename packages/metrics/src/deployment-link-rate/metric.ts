import { defineMetric } from '../metric.ts';

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
  dimensions: ['repo', 'team', 'team_group', 'is_bot', 'kind'],
  gaps: {
    baseline:
      'first carried by the first known deployment of the service: whether an earlier one had carried it is not known',
    'never-deployed': 'no production deployment of the repository is known, so nothing could carry it',
  },
  basis: {
    pull_request: 'a merged pull request is one change',
    commit: 'a commit on the default branch is one change',
  },
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
    {
      what: 'changes without a merge date that can be believed',
      why: 'they belong to no period',
      howToSee: "facts.findings, where kind = 'unrealistic-commit-date'",
    },
  ],
  coverage:
    'of the changes merged in the period: those of which it can be told whether they are in production',
  drillDown: ['change_id', 'deployment_id'],
  requires: [
    'git.commits | github.commits',
    'git.tags | github.tags | github.releases | github.deployments | github.builds | import.deployments',
  ],
  howItMisleads: [
    'Changes of the last days wait for their deployment and are no fault of the data: changes_awaiting_deployment has ' +
      'their age.',
    'A change to a file that is never deployed is never linked.',
    'Of a company whose deployments are hardly recorded it speaks of a few repositories only: look at the coverage.',
    'Of a change that no deployment carried, no service is known for certain: it is not told by service.',
  ],
});
