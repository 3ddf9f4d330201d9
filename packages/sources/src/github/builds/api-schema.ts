import { z } from 'zod';
import { answerSchema } from '../answer-schema.ts';
import type { SuiteJobsQuery, SuiteJobsRestQuery, SuiteStatesQuery } from '../queries/generated.ts';

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** A run as REST shows it, of which this is a tenth. What else there is, names, e-mails and messages among it, goes here. */
export const WorkflowRun = z.object({
  id: z.number().int(),
  check_suite_node_id: z.string(),
  // Null for the runs of a workflow that was deleted.
  name: z.string().nullish(),
  path: z.string().default(''),
  run_number: z.number().int(),
  run_attempt: z.number().int().min(1).default(1),
  event: z.string(),
  head_branch: z.string().nullable(),
  head_sha: z.string(),
  status: z.string().nullable(),
  conclusion: z.string().nullable(),
  created_at: instant,
  run_started_at: instant.nullish(),
  updated_at: instant,
  html_url: z.string(),
});
export type WorkflowRun = z.infer<typeof WorkflowRun>;

export const WorkflowRuns = z.object({
  total_count: z.number().int(),
  workflow_runs: z.array(WorkflowRun),
});
export type WorkflowRuns = z.infer<typeof WorkflowRuns>;

const Job = z.object({
  databaseId: z.number().int().nullable(),
  name: z.string(),
  status: z.enum(['COMPLETED', 'IN_PROGRESS', 'PENDING', 'QUEUED', 'REQUESTED', 'WAITING']),
  conclusion: z
    .enum([
      'ACTION_REQUIRED',
      'CANCELLED',
      'FAILURE',
      'NEUTRAL',
      'SKIPPED',
      'STALE',
      'STARTUP_FAILURE',
      'SUCCESS',
      'TIMED_OUT',
    ])
    .nullable(),
  startedAt: instant.nullable(),
  completedAt: instant.nullable(),
});
export type Job = z.infer<typeof Job>;

const JobList = z.object({
  totalCount: z.number().int(),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  nodes: z.array(Job.nullable()).nullable(),
});

/** A node of another kind than was asked for comes as an empty object. */
const otherNode = z.strictObject({}).transform(() => null);

export const SuiteJobs = answerSchema<SuiteJobsQuery>()(
  z.object({
    nodes: z.array(
      z.union([z.object({ id: z.string(), checkRuns: JobList.nullable() }), otherNode]).nullable(),
    ),
  }),
);

export const SuiteJobsRest = answerSchema<SuiteJobsRestQuery>()(
  z.object({ node: z.union([z.object({ checkRuns: JobList.nullable() }), otherNode]).nullable() }),
);

export const SuiteStates = answerSchema<SuiteStatesQuery>()(
  z.object({
    nodes: z.array(
      z
        .union([
          z.object({
            id: z.string(),
            workflowRun: z.object({ databaseId: z.number().int().nullable(), updatedAt: instant }).nullable(),
          }),
          otherNode,
        ])
        .nullable(),
    ),
  }),
);
