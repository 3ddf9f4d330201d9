import { defineMetric } from '../metric.ts';
import { buildWords } from '../wording/builds.ts';

export const metric = defineMetric({
  id: 'ci_job_time',
  category: 'ci',
  title: 'CI job time',
  description: 'How long the jobs of builds run. By job it shows which one everybody waits for.',
  source: 'Bellwether’s own. From the start of a job to its end, as the CI system dates them.',
  unit: 'seconds',
  direction: 'lower-is-better',
  grain: 'one job of one attempt of a build',
  at: 'when the job began; where that is not known, when it was made or ended',
  aggregate: { kind: 'distribution' },
  history: 'window',
  dimensions: ['repo', 'service', 'team', 'team_group', 'job'],
  gaps: buildWords.gaps,
  basis: {
    success: 'the job succeeded',
    failure: 'the job failed or ran out of time',
  },
  exclusions: [
    {
      what: 'jobs that were cancelled, skipped, or ended without a verdict: counted, without a value',
      why: 'they end early, and would make the job look quick',
      howToSee: "metrics.ci_job_time, where gap IN ('cancelled', 'no-verdict')",
    },
    {
      what: 'jobs of which no instant is known at all',
      why: 'they belong to no period',
      howToSee: 'domain.build_jobs, where started_at and finished_at are null',
    },
  ],
  coverage: 'of the jobs of the period: those that ran to a verdict, and whose times are known',
  drillDown: ['build_id', 'job_id', 'conclusion'],
  requires: buildWords.requires,
  howItMisleads: [
    'The slowest job is not always waited for: another may begin only after it, or none.',
    'A matrix makes a job of each of its cells, with its own name: "test (20)" and "test (22)" are two.',
    'Whoever shortens a job by cutting it in two makes the median better and may make the build slower.',
    'Whose a job is, the repository says as it is owned today: a change of owners takes the past along.',
  ],
});
