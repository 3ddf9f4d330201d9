import { defineTable, type RowOf } from '../table.ts';
import { buildJobs } from './build-jobs.ts';

/** The jobs of builds in the order of time, so that a question about half a year reads half a year. */
export const buildJobFacts = defineTable('facts.build_jobs', ['began_at', 'repo', 'build_id', 'job_id'], {
  // Where that is not known, when it was made, or ended. A job of which none is known has no row.
  began_at: "DateTime64(3, 'UTC')",
  repo: 'LowCardinality(String)',
  build_id: 'String',
  job_id: 'String',
  name: 'LowCardinality(String)',
  status: buildJobs.columns.status,
  conclusion: buildJobs.columns.conclusion,
  started_at: "Nullable(DateTime64(3, 'UTC'))",
  finished_at: "Nullable(DateTime64(3, 'UTC'))",
});
export type BuildJobFactRow = RowOf<typeof buildJobFacts>;
