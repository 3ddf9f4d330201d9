import { defineMetric } from '../metric.ts';
import {
  commitStreams,
  deploymentStreams,
  failedAttempts,
  signalBasis,
  undatedDeployments,
} from '../wording/deployments.ts';

export const metric = defineMetric({
  id: 'deployment_frequency',
  category: 'dora',
  title: 'Deployment frequency',
  description:
    'How often a service is deployed to production, or released to its users: the number of deployments in each period.',
  source:
    'DORA, definition of 2024: the number of deployments over a given period, or the time between them.',
  unit: 'deployments',
  direction: 'higher-is-better',
  grain: 'one counted deployment to a production environment',
  at: 'when the deployment first succeeded; that never moves, whatever becomes of the deployment later',
  aggregate: { kind: 'count' },
  dimensions: ['repo', 'service', 'team', 'team_group', 'environment'],
  gaps: {},
  basis: signalBasis,
  exclusions: [
    {
      what: 'deployments to other environments, pre-releases among them',
      why: 'DORA asks about production',
      howToSee: "facts.deployment_outcomes, where environment_kind != 'production'",
    },
    failedAttempts,
    {
      what: 'other announcements of a release that is counted already',
      why: 'a release with a tag and a deployment happened once',
      howToSee: 'domain.deployments, those whose deployment_id is not in facts.deployment_outcomes',
    },
    undatedDeployments,
  ],
  coverage: 'always whole: each counted deployment is one row with a value',
  drillDown: ['deployment_id', 'ref', 'sha'],
  requires: [commitStreams, deploymentStreams],
  howItMisleads: [
    'Where tags stand in for deployments it counts releases. A service that deploys without tagging looks idle.',
    'Where deployments were first recorded after years of tags, the figure changes its meaning that day: `basis` shows ' +
      'it.',
    'A monorepo that releases forty packages at once has forty deployments in that minute. Look at one service.',
    'Weeks before the first known deployment are null and not zero: a tag pattern that came late looks like a birth.',
    'More is better only with the change fail rate beside it; splitting one release into three raises this figure alone.',
  ],
});
