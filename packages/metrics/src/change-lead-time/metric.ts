import { defineMetric } from '../metric.ts';
import { baselineGap, commitStreams, deploymentStreams } from '../wording/deployments.ts';

export const metric = defineMetric({
  id: 'change_lead_time',
  category: 'dora',
  title: 'Change lead time',
  description:
    'How long a change takes from its first commit to running in production, by ancestry: the first successful ' +
    'production deployment of the service whose history contains it.',
  source: 'DORA, definition of 2024: from committed to version control to deployed in production.',
  unit: 'seconds',
  direction: 'lower-is-better',
  grain: 'one change and one production service that it reached',
  at: 'when the deployment that first carried the change finished; so a figure belongs to the period that delivered it',
  aggregate: { kind: 'distribution' },
  countsOnce: {
    key: ['repo', 'change_id'],
    variesBy: ['service', 'environment'],
    markers: [
      { column: 'is_primary', by: [] },
      { column: 'is_service_primary', by: ['service'] },
      { column: 'is_environment_primary', by: ['environment'] },
    ],
    prefer: ['is_baseline', 'at', 'service', 'environment'],
  },
  dimensions: ['repo', 'service', 'team', 'team_group', 'environment', 'is_bot', 'kind', 'starts_at'],
  gaps: {
    baseline: baselineGap,
    'unknown-start': 'no date of the work can be believed',
    negative: 'the work is dated after its deployment',
  },
  basis: {
    first_commit: 'the clock starts at the earliest author date of the commits',
    merge: 'a squash hides when the work began, so the clock starts at the merge: "merge to release"',
    'first_commit-undated':
      'as first_commit, but the release has no date of its own: that of its commit stands in, so the clock may stop early',
    'merge-undated': 'as merge, and the release has no date of its own',
  },
  exclusions: [
    {
      what: 'changes by bots',
      why: 'dependency updates are many and quick, and say nothing about how people deliver',
      howToSee: "the filter bots: 'include' or 'only'",
    },
    {
      what: 'changes that no production deployment has carried yet',
      why: 'they have no end; a median over the finished ones alone looks better than it is',
      howToSee: 'the metric changes_awaiting_deployment',
    },
    {
      what: 'changes that only a baseline deployment carried: counted, without a value',
      why: 'a service has a first known deployment and years of history before it',
      howToSee: "metrics.change_lead_time, where gap = 'baseline'",
    },
  ],
  coverage: 'of the changes that reached production in the period: those whose lead time is known',
  drillDown: ['change_id', 'deployment_id', 'merged_at'],
  requires: [commitStreams, deploymentStreams],
  howItMisleads: [
    'With squash merges, and without the pull requests that `collect --source github` reads, the clock starts at the ' +
      'merge: days of work and review are missing, the figure is "merge to release" and no DORA band applies.',
    'A lightweight tag has no date of its own. Its commit’s date stands in, and a change that is tagged itself takes 0 s.',
    'In a monorepo without path globs nobody knows which service a change belongs to: it is (unattributed).',
    'Releasing rarely makes it long, however quick the work: read it beside the deployment frequency.',
    'It speaks of delivered changes only. A branch that is never merged has no lead time.',
    'The author date is what the author’s clock said. A commit that lay on a disk for a year has a year.',
    'Medians of small groups jump: look at n.',
  ],
});
