import type { RunAttempt, RunJob, WorkflowRun } from '../../../world/model.ts';
import { formatOptionalTime, formatTime } from '../../time-format.ts';
import { type Connection, type PageArguments, pageOfList } from '../connection.ts';
import { defineType } from '../define-type.ts';
import { repositoryUrl } from '../links.ts';
import { refuseArguments } from '../refuse-arguments.ts';
import type { CheckRunSource, CheckSuiteSource, WorkflowRunSource, WorkflowSource } from '../sources.ts';
import { userOf } from './actor.ts';
import { commitOf } from './commit.ts';
import { BRANCHES, refOf } from './ref.ts';

interface CheckRunArguments extends PageArguments {
  readonly filterBy?: {
    readonly checkType?: 'ALL' | 'LATEST' | null;
    readonly checkName?: string | null;
    readonly status?: string | null;
    readonly statuses?: readonly string[] | null;
    readonly conclusions?: readonly string[] | null;
  } | null;
}

export const checkSuite = defineType<CheckSuiteSource>('CheckSuite', {
  id: ({ value }) => value.checkSuiteId,
  databaseId: ({ value }) => value.databaseId,
  status: ({ value }) => upper(newest(value).status),
  conclusion: ({ value }) => upperOrNull(newest(value).conclusion),
  createdAt: ({ value }) => formatTime(value.createdAt),
  updatedAt: ({ value }) => formatTime(value.updatedAt),
  commit: ({ repository, value }) => commitOf(repository, value.headSha),
  branch: ({ repository, value }) => refOf(repository, BRANCHES, value.headBranch),
  creator: ({ value }, _, context) => userOf(context, value.actorId),
  repository: ({ repository }) => ({ typename: 'Repository', value: repository }),
  workflowRun: ({ repository, value }): WorkflowRunSource => ({ typename: 'WorkflowRun', repository, value }),
  checkRuns: (source, args: CheckRunArguments) => pageOfCheckRuns(source, args),
});

/** The jobs of every attempt, or of the newest: GitHub's LATEST keeps the newest check run of each name. */
function pageOfCheckRuns({ repository, value: run }: CheckSuiteSource, args: CheckRunArguments): Connection {
  const filter = args.filterBy ?? {};
  refuseArguments('CheckSuite.checkRuns(filterBy)', filter, [
    'checkType',
    'checkName',
    'status',
    'statuses',
    'conclusions',
  ]);
  const every = run.attempts.flatMap(({ jobs }) => jobs);
  const jobs = filter.checkType === 'LATEST' ? newestOfEachName(every) : every;
  const statuses = filter.statuses ?? (filter.status == null ? null : [filter.status]);
  const shown = jobs.filter(
    (job) =>
      (filter.checkName == null || job.name === filter.checkName) &&
      (statuses == null || statuses.includes(upper(job.status))) &&
      (filter.conclusions == null ||
        (job.conclusion !== null && filter.conclusions.includes(upper(job.conclusion)))),
  );
  return pageOfList(shown, args, {
    idOf: ({ id }) => id,
    map: (value): CheckRunSource => ({ typename: 'CheckRun', repository, run, value }),
  });
}

function newestOfEachName(jobs: readonly RunJob[]): readonly RunJob[] {
  return [...new Map(jobs.map((job) => [job.name, job])).values()];
}

export const checkRun = defineType<CheckRunSource>('CheckRun', {
  id: ({ value }) => value.id,
  databaseId: ({ value }) => value.databaseId,
  name: ({ value }) => value.name,
  status: ({ value }) => upper(value.status),
  conclusion: ({ value }) => upperOrNull(value.conclusion),
  startedAt: ({ value }) => formatOptionalTime(value.startedAt),
  completedAt: ({ value }) => formatOptionalTime(value.completedAt),
  externalId: () => null,
  checkSuite: ({ repository, run: value }): CheckSuiteSource => ({
    typename: 'CheckSuite',
    repository,
    value,
  }),
  repository: ({ repository }) => ({ typename: 'Repository', value: repository }),
  url: ({ repository, run, value }, _, { origin, world }) =>
    `${repositoryUrl(origin, world, repository)}/actions/runs/${run.databaseId}/job/${value.databaseId}`,
});

export const workflowRun = defineType<WorkflowRunSource>('WorkflowRun', {
  id: ({ value }) => value.id,
  databaseId: ({ value }) => value.databaseId,
  runNumber: ({ value }) => value.runNumber,
  event: ({ value }) => value.event,
  createdAt: ({ value }) => formatTime(value.createdAt),
  updatedAt: ({ value }) => formatTime(value.updatedAt),
  checkSuite: ({ repository, value }): CheckSuiteSource => ({ typename: 'CheckSuite', repository, value }),
  workflow: ({ repository, value: run }): WorkflowSource | null => {
    const value = repository.workflows.get(run.workflowId);
    return value === undefined ? null : { typename: 'Workflow', repository, value };
  },
  url: ({ repository, value }, _, { origin, world }) =>
    `${repositoryUrl(origin, world, repository)}/actions/runs/${value.databaseId}`,
});

export const workflow = defineType<WorkflowSource>('Workflow', {
  id: ({ value }) => value.id,
  databaseId: ({ value }) => value.databaseId,
  name: ({ value }) => value.name,
  state: () => 'ACTIVE',
});

function newest({ attempts }: WorkflowRun): RunAttempt {
  return attempts.at(-1)!;
}

function upper(text: string): string {
  return text.toUpperCase();
}

function upperOrNull(text: string | null): string | null {
  return text === null ? null : upper(text);
}
