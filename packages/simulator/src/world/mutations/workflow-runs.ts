import { advance } from '../empty-world.ts';
import { nextDatabaseId, nodeId } from '../ids.ts';
import type { Repository, RunAttempt, RunJob, User, Workflow, WorkflowRun, World } from '../model.ts';

type Conclusion = NonNullable<RunAttempt['conclusion']>;

export function addWorkflow(
  world: World,
  repository: Repository,
  { name, path }: { name: string; path: string },
): Workflow {
  const databaseId = nextDatabaseId(world);
  const workflow = { databaseId, id: nodeId(world, 'W', databaseId), name, path };
  repository.workflows.set(databaseId, workflow);
  return workflow;
}

export interface NewRun {
  readonly workflow: Workflow;
  readonly event: WorkflowRun['event'];
  readonly headBranch: string;
  readonly headSha: string;
  readonly actor: User;
  readonly jobNames: readonly string[];
}

/** A run whose first attempt waits for a runner. */
export function startRun(world: World, repository: Repository, input: NewRun, at: number): WorkflowRun {
  const createdAt = advance(world, at);
  const databaseId = nextDatabaseId(world);
  const counter = `${repository.id}/${input.workflow.databaseId}`;
  const runNumber = (world.counters.numbers.get(counter) ?? 0) + 1;
  world.counters.numbers.set(counter, runNumber);
  const run: WorkflowRun = {
    databaseId,
    id: nodeId(world, 'WFR', databaseId),
    workflowId: input.workflow.databaseId,
    runNumber,
    event: input.event,
    headBranch: input.headBranch,
    headSha: input.headSha,
    checkSuiteId: nodeId(world, 'CS'),
    actorId: input.actor.id,
    createdAt,
    updatedAt: createdAt,
    attempts: [],
  };
  repository.workflowRuns.set(databaseId, run);
  addAttempt(world, run, input.jobNames, at);
  return run;
}

/** Runs all jobs once more. */
export function rerun(world: World, run: WorkflowRun, at: number): RunAttempt {
  const names = run.attempts.at(-1)!.jobs.map(({ name }) => name);
  return addAttempt(world, run, names, at);
}

function addAttempt(world: World, run: WorkflowRun, jobNames: readonly string[], at: number): RunAttempt {
  const startedAt = advance(world, at);
  const attempt: RunAttempt = {
    attempt: run.attempts.length + 1,
    startedAt,
    updatedAt: startedAt,
    status: 'queued',
    conclusion: null,
    jobs: jobNames.map((name) => queuedJob(world, name, startedAt)),
  };
  run.attempts.push(attempt);
  run.updatedAt = startedAt;
  return attempt;
}

function queuedJob(world: World, name: string, createdAt: number): RunJob {
  const databaseId = nextDatabaseId(world);
  const id = nodeId(world, 'CR', databaseId);
  return {
    databaseId,
    id,
    name,
    status: 'queued',
    conclusion: null,
    createdAt,
    startedAt: null,
    completedAt: null,
  };
}

/** A runner takes the newest attempt. */
export function beginAttempt(world: World, run: WorkflowRun, at: number): void {
  const attempt = run.attempts.at(-1)!;
  attempt.status = 'in_progress';
  attempt.updatedAt = advance(world, at);
  run.updatedAt = attempt.updatedAt;
  for (const job of attempt.jobs) {
    job.status = 'in_progress';
    job.startedAt = attempt.updatedAt;
  }
}

export interface JobResult {
  readonly conclusion: Conclusion;
  /** Not after the end of the run, where it is cut. */
  readonly completedAt: number;
}

/** The newest attempt ends; `results` in the order of its jobs, a missing one ended well with the run. */
export function finishAttempt(
  world: World,
  run: WorkflowRun,
  conclusion: Conclusion,
  results: readonly JobResult[],
  at: number,
): void {
  const attempt = run.attempts.at(-1)!;
  const endedAt = advance(world, at);
  for (const [index, job] of attempt.jobs.entries()) {
    job.startedAt ??= endedAt;
    job.status = 'completed';
    job.conclusion = results[index]?.conclusion ?? 'success';
    const completedAt = advance(world, results[index]?.completedAt ?? endedAt);
    job.completedAt = Math.max(job.startedAt, Math.min(completedAt, endedAt));
  }
  attempt.status = 'completed';
  attempt.conclusion = conclusion;
  attempt.updatedAt = endedAt;
  run.updatedAt = endedAt;
}
