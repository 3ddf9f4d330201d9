import type { Repository, WorkflowRun } from '../model.ts';
import { type Complain, isInOrder } from './complain.ts';

/** Issues, deployments, releases and runs. */
export function checkActivity(repository: Repository, complain: Complain): void {
  const { name } = repository;
  for (const { number, state, createdAt, updatedAt, closedAt } of repository.issues.values()) {
    const about = `${name} issue ${number}`;
    complain(about, (state === 'OPEN') === (closedAt === null), 'closed or not');
    complain(about, isInOrder([createdAt, closedAt ?? createdAt, updatedAt]), 'out of order');
  }
  for (const { id, commitSha, createdAt, updatedAt, statuses } of repository.deployments.values()) {
    const about = `${name} deployment ${id}`;
    const instants = [createdAt, ...statuses.map((status) => status.createdAt)];
    complain(about, repository.commits.has(commitSha), 'of an unknown commit');
    complain(about, isInOrder(instants), 'statuses out of order');
    complain(about, updatedAt === instants.at(-1), 'updated at another time than its last status');
  }
  for (const { tagName, isDraft, publishedAt } of repository.releases.values()) {
    const about = `${name} release ${tagName}`;
    complain(about, isDraft || publishedAt !== null, 'neither published nor a draft');
    complain(about, isDraft || repository.tags.has(tagName), 'published without its tag');
  }
  for (const run of repository.workflowRuns.values()) checkRun(repository, run, complain);
}

function checkRun(repository: Repository, run: WorkflowRun, complain: Complain): void {
  const about = `${repository.name} run ${run.databaseId}`;
  const newest = run.attempts.at(-1);
  complain(about, repository.workflows.has(run.workflowId), 'of an unknown workflow');
  complain(about, repository.commits.has(run.headSha), 'of an unknown commit');
  complain(about, newest?.updatedAt === run.updatedAt, 'updated at another time than its newest attempt');
  complain(
    about,
    isInOrder([run.createdAt, ...run.attempts.map(({ startedAt }) => startedAt)]),
    'attempts out of order',
  );
  for (const attempt of run.attempts) {
    const isCompleted = attempt.status === 'completed';
    complain(about, isCompleted === (attempt.conclusion !== null), 'completed or not');
    complain(about, attempt === newest || isCompleted, 'run again before it had ended');
    for (const { status, createdAt, startedAt, completedAt } of attempt.jobs) {
      complain(about, status === attempt.status, 'a job of another status');
      const instants = [
        createdAt,
        startedAt ?? createdAt,
        completedAt ?? attempt.updatedAt,
        attempt.updatedAt,
      ];
      complain(about, isInOrder(instants), 'a job out of order');
      complain(about, isCompleted === (completedAt !== null), 'a job completed or not');
    }
  }
}
