import { defineMetric } from '../metric.ts';
import { changeBasis, commitStreams, deploymentStreams } from '../wording/deployments.ts';

export const metric = defineMetric({
  id: 'changes_awaiting_deployment',
  category: 'dora',
  title: 'Changes awaiting deployment',
  description:
    'Changes that are merged and not yet in production at the end of each period, and how long they have waited by then.',
  source:
    'Bellwether’s own, beside DORA’s change lead time: that one speaks of changes that have arrived, this one of the rest.',
  unit: 'changes',
  direction: 'lower-is-better',
  grain: 'one merged change, from its merge to its first production deployment',
  at: 'the merge; `ends_at` is the first production deployment that carried it, null as long as there is none',
  aggregate: { kind: 'snapshot' },
  dimensions: ['repo', 'team', 'team_group', 'is_bot', 'kind'],
  gaps: {
    baseline:
      'first carried by the first known deployment of the service: whether it waited for that one or had long been ' +
      'deployed is not known',
    'never-deployed':
      'no production deployment of the repository is known, so nothing says that it waits for one',
  },
  basis: changeBasis,
  exclusions: [
    {
      what: 'changes by bots',
      why: 'the same as in the change lead time, so that the two can be added up',
      howToSee: "the filter bots: 'include' or 'only'",
    },
    {
      what: 'changes merged before the first known deployment and carried by it: counted, without a value',
      why: 'before the first known deployment nobody can say what was in production',
      howToSee: "metrics.changes_awaiting_deployment, where gap = 'baseline'",
    },
    {
      what: 'changes without a merge date that can be believed',
      why: 'when their waiting began is not known',
      howToSee: "facts.findings, where kind = 'unrealistic-commit-date'",
    },
  ],
  coverage:
    'of the changes that no known deployment had carried at that instant: those that are known to wait',
  drillDown: ['change_id', 'deployment_id'],
  requires: [commitStreams, deploymentStreams],
  howItMisleads: [
    'A change to a file that is never deployed, documentation for instance, waits for ever.',
    'In a monorepo a change counts as deployed with the first service that carries it.',
    'A repository that stopped releasing grows without end: is it abandoned, or are its deployments not recorded?',
  ],
});
