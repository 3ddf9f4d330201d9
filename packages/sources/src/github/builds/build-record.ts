import { z } from 'zod';
import type { Job, WorkflowRun } from './api-schema.ts';

/** What is kept of one attempt of a run. */
export const RunRecord = z.object({
  kind: z.literal('run'),
  id: z.number(),
  attempt: z.number(),
  suiteId: z.string(),
  name: z.string(),
  path: z.string(),
  number: z.number(),
  event: z.string(),
  branch: z.string(),
  sha: z.string(),
  status: z.string(),
  conclusion: z.string().nullable(),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  updatedAt: z.number(),
  url: z.string(),
});
export type RunRecord = z.infer<typeof RunRecord>;

/** What is kept of the jobs of all attempts of a run, together with what tells the attempts apart. */
export const JobsRecord = z.object({
  kind: z.literal('jobs'),
  runId: z.number(),
  attempts: z.array(z.object({ attempt: z.number(), startedAt: z.number().nullable() })),
  jobs: z.array(
    z.object({
      id: z.number(),
      name: z.string(),
      status: z.string(),
      conclusion: z.string().nullable(),
      startedAt: z.number().nullable(),
      finishedAt: z.number().nullable(),
    }),
  ),
});
export type JobsRecord = z.infer<typeof JobsRecord>;

export const BuildRecord = z.discriminatedUnion('kind', [RunRecord, JobsRecord]);

export function recordKey(record: RunRecord | JobsRecord): string {
  return record.kind === 'run' ? `${record.id}/${record.attempt}` : `${record.runId}/jobs`;
}

export function pruneRun(run: WorkflowRun): RunRecord {
  return {
    kind: 'run',
    id: run.id,
    attempt: run.run_attempt,
    suiteId: run.check_suite_node_id,
    name: run.name ?? '',
    // Of a reusable workflow the version stands behind it.
    path: run.path.replace(/@.*$/, ''),
    number: run.run_number,
    event: run.event,
    branch: run.head_branch ?? '',
    sha: run.head_sha,
    status: run.status ?? '',
    conclusion: run.conclusion,
    createdAt: run.created_at,
    startedAt: run.run_started_at ?? null,
    updatedAt: run.updated_at,
    url: run.html_url,
  };
}

export function pruneJobs(runId: number, attempts: JobsRecord['attempts'], jobs: readonly Job[]): JobsRecord {
  return {
    kind: 'jobs',
    runId,
    attempts,
    jobs: jobs.flatMap((job) =>
      // One without a number could not be told from another of its name.
      job.databaseId === null
        ? []
        : [
            {
              id: job.databaseId,
              name: job.name,
              status: job.status.toLowerCase(),
              conclusion: job.conclusion?.toLowerCase() ?? null,
              startedAt: job.startedAt,
              finishedAt: job.completedAt,
            },
          ],
    ),
  };
}
