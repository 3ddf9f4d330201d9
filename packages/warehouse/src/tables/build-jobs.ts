import { defineTable, type RowOf, words } from '../table.ts';

/** The jobs of a build's attempts. */
export const buildJobs = defineTable('domain.build_jobs', ['repo', 'build_id', 'job_id'], {
  repo: 'LowCardinality(String)',
  build_id: 'String',
  job_id: 'String',
  // Null where the source does not say which attempt of the build it was part of.
  attempt: 'Nullable(UInt32)',
  name: 'LowCardinality(String)',
  status: words('queued', 'running', 'finished'),
  conclusion: words(
    '',
    'success',
    'failure',
    'cancelled',
    'skipped',
    'timed_out',
    'neutral',
    'action_required',
  ),
  created_at: "Nullable(DateTime64(3, 'UTC'))",
  started_at: "Nullable(DateTime64(3, 'UTC'))",
  finished_at: "Nullable(DateTime64(3, 'UTC'))",
});
export type BuildJobRow = RowOf<typeof buildJobs>;
