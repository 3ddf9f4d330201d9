import type { Repository, RunAttempt, WorkflowRun } from '../../world/model.ts';
import { byDatabaseId, orderedView } from '../graphql/ordered-view.ts';
import { jsonReply, messageReply, type Reply } from '../http/reply.ts';
import type { Requirement } from '../tokens/access.ts';
import { type Endpoint, notFound, repositoryOf, type RestCall } from './call.ts';
import { parseCreated } from './created-filter.ts';
import { pageOfRows } from './paging.ts';
import { restJob, restRun } from './shapes.ts';

const requires: Requirement = { scopes: [], permission: 'actions' };

/** With any of these, GitHub shows the first 1,000 and no more. */
const filters = ['actor', 'branch', 'check_suite_id', 'created', 'event', 'head_sha', 'status'] as const;
const MOST_FILTERED = 1000;

const listRuns: Endpoint = {
  route: '/repos/{owner}/{repo}/actions/runs',
  requires,
  answer: (call) => {
    const repository = repositoryOf(call);
    if ('status' in repository) return repository;
    const { parameters } = call.request;
    const created = parameters.get('created');
    const isCreated = created === null ? () => true : parseCreated(created);
    if (isCreated === null) return messageReply(422, `"${created}" is not a valid date.`);
    const newestFirst = orderedView(
      repository.workflowRuns,
      'CREATED_AT',
      ({ createdAt }) => createdAt,
      byDatabaseId,
    ).rows.toReversed();
    const shown = newestFirst.filter((run) => isCreated(run.createdAt) && isChosen(call, run));
    const isFiltered = filters.some((name) => parameters.has(name));
    const page = pageOfRows(call, shown, isFiltered ? MOST_FILTERED : Infinity);
    return jsonReply(
      200,
      { total_count: shown.length, workflow_runs: page.rows.map((run) => restRun(call, repository, run)) },
      page.headers,
    );
  },
};

function isChosen({ request: { parameters }, world }: RestCall, run: WorkflowRun): boolean {
  const newest = run.attempts.at(-1)!;
  const wants = (name: string, ...values: (string | null | undefined)[]): boolean => {
    const wanted = parameters.get(name);
    return wanted === null || values.includes(wanted);
  };
  return (
    wants('actor', world.users.get(run.actorId)?.login) &&
    wants('branch', run.headBranch) &&
    wants('check_suite_id', String(run.databaseId)) &&
    wants('event', run.event) &&
    wants('head_sha', run.headSha) &&
    wants('status', newest.status, newest.conclusion)
  );
}

const oneRun: Endpoint = {
  route: '/repos/{owner}/{repo}/actions/runs/{run}',
  requires,
  answer: (call) => withRun(call, (repository, run) => jsonReply(200, restRun(call, repository, run))),
};

const oneAttempt: Endpoint = {
  route: '/repos/{owner}/{repo}/actions/runs/{run}/attempts/{attempt}',
  requires,
  answer: (call) =>
    withRun(call, (repository, run) => {
      const attempt = attemptOf(call, run);
      return attempt === undefined ? notFound() : jsonReply(200, restRun(call, repository, run, attempt));
    }),
};

const jobsOfAttempt: Endpoint = {
  route: '/repos/{owner}/{repo}/actions/runs/{run}/attempts/{attempt}/jobs',
  requires,
  answer: (call) =>
    withRun(call, (repository, run) => {
      const attempt = attemptOf(call, run);
      return attempt === undefined ? notFound() : replyWithJobs(call, repository, run, [attempt]);
    }),
};

const jobsOfRun: Endpoint = {
  route: '/repos/{owner}/{repo}/actions/runs/{run}/jobs',
  requires,
  answer: (call) =>
    withRun(call, (repository, run) => {
      const isAll = call.request.parameters.get('filter') === 'all';
      return replyWithJobs(call, repository, run, isAll ? run.attempts : run.attempts.slice(-1));
    }),
};

export const runEndpoints: readonly Endpoint[] = [listRuns, oneRun, oneAttempt, jobsOfAttempt, jobsOfRun];

function withRun(call: RestCall, answer: (repository: Repository, run: WorkflowRun) => Reply): Reply {
  const repository = repositoryOf(call);
  if ('status' in repository) return repository;
  const id = Number(call.parts['run']);
  for (const run of repository.workflowRuns.values()) {
    if (run.databaseId === id) return answer(repository, run);
  }
  return notFound();
}

function attemptOf({ parts }: RestCall, { attempts }: WorkflowRun): RunAttempt | undefined {
  return attempts.find(({ attempt }) => attempt === Number(parts['attempt']));
}

function replyWithJobs(
  call: RestCall,
  repository: Repository,
  run: WorkflowRun,
  attempts: readonly RunAttempt[],
): Reply {
  const jobs = attempts.flatMap((attempt) => attempt.jobs.map((job) => ({ attempt, job })));
  const page = pageOfRows(call, jobs);
  return jsonReply(
    200,
    {
      total_count: jobs.length,
      jobs: page.rows.map(({ attempt, job }) => restJob(call, repository, run, attempt, job)),
    },
    page.headers,
  );
}
