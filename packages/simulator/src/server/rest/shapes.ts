import type { Commit, Repository, RunAttempt, RunJob, User, WorkflowRun, World } from '../../world/model.ts';
import { formatOptionalTime, formatTime } from '../time-format.ts';

/** Where the things are that payloads link to. */
export interface Place {
  readonly world: World;
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
}

type Account = Pick<User, 'id' | 'databaseId' | 'login' | 'type'>;

const ghost: Account = { id: 'MDQ6VXNlcjEwMTM3', databaseId: 10137, login: 'ghost', type: 'User' };

/** A deleted account is GitHub's ghost here, and not null as in GraphQL. */
export function restActor(place: Place, id: string): object {
  const found = place.world.users.get(id);
  return restUser(place, found === undefined || found.isDeleted ? ghost : found);
}

export function restUser({ origin }: Place, { id, databaseId, login: name, type }: Account): object {
  const login = type === 'Bot' && !name.endsWith('[bot]') ? `${name}[bot]` : name;
  return {
    login,
    id: databaseId,
    node_id: id,
    avatar_url: `${origin}/avatars/u/${databaseId}`,
    url: `${origin}/api/v3/users/${encodeURIComponent(login)}`,
    html_url: `${origin}/${login}`,
    type,
    site_admin: false,
  };
}

export function restOwner({ world, origin }: Place): object {
  const { login, id } = world.organisation;
  return {
    login,
    id: 1,
    node_id: id,
    url: `${origin}/api/v3/orgs/${login}`,
    html_url: `${origin}/${login}`,
    type: 'Organization',
    site_admin: false,
  };
}

/** The short form, as it stands in other payloads. */
function restRepository(place: Place, repository: Repository): Record<string, unknown> {
  const fullName = `${place.world.organisation.login}/${repository.name}`;
  return {
    id: repository.databaseId,
    node_id: repository.id,
    name: repository.name,
    full_name: fullName,
    private: repository.visibility !== 'PUBLIC',
    owner: restOwner(place),
    html_url: `${place.origin}/${fullName}`,
    description: null,
    fork: repository.isFork,
    url: `${place.origin}/api/v3/repos/${fullName}`,
  };
}

export function restFullRepository(place: Place, repository: Repository): Record<string, unknown> {
  return {
    ...restRepository(place, repository),
    created_at: formatTime(repository.createdAt),
    updated_at: formatTime(repository.updatedAt),
    pushed_at: formatTime(repository.pushedAt),
    clone_url: `${place.origin}/${place.world.organisation.login}/${repository.name}.git`,
    size: repository.commits.size,
    language: repository.primaryLanguage,
    archived: repository.isArchived,
    disabled: false,
    visibility: repository.visibility.toLowerCase(),
    default_branch: repository.defaultBranch,
  };
}

/** With names and e-mails, as GitHub sends them. */
export function restCommit(commit: Commit): object {
  return {
    id: commit.sha,
    tree_id: commit.treeSha,
    message: commit.message,
    timestamp: formatTime(commit.committedAt),
    author: { name: commit.authorName, email: commit.authorEmail },
    committer: { name: commit.committerName, email: commit.committerEmail },
  };
}

/** A run as one of its attempts shows it; lists and `/runs/{id}` show the newest. */
export function restRun(
  place: Place,
  repository: Repository,
  run: WorkflowRun,
  attempt: RunAttempt = run.attempts.at(-1)!,
): Record<string, unknown> {
  const workflow = repository.workflows.get(run.workflowId);
  const head = repository.commits.get(run.headSha);
  const actor = restActor(place, run.actorId);
  const url = `${place.origin}/api/v3/repos/${place.world.organisation.login}/${repository.name}/actions`;
  return {
    id: run.databaseId,
    name: workflow?.name ?? null,
    node_id: run.id,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: workflow?.path ?? '',
    display_title: head?.message.split('\n', 1)[0] ?? '',
    run_number: run.runNumber,
    event: run.event,
    status: attempt.status,
    conclusion: attempt.conclusion,
    workflow_id: run.workflowId,
    check_suite_id: run.databaseId,
    check_suite_node_id: run.checkSuiteId,
    url: `${url}/runs/${run.databaseId}`,
    html_url: `${place.origin}/${place.world.organisation.login}/${repository.name}/actions/runs/${run.databaseId}`,
    pull_requests: [],
    created_at: formatTime(run.createdAt),
    updated_at: formatTime(attempt === run.attempts.at(-1) ? run.updatedAt : attempt.updatedAt),
    actor,
    run_attempt: attempt.attempt,
    referenced_workflows: [],
    run_started_at: formatTime(attempt.startedAt),
    triggering_actor: actor,
    jobs_url: `${url}/runs/${run.databaseId}/jobs`,
    logs_url: `${url}/runs/${run.databaseId}/logs`,
    check_suite_url: `${place.origin}/api/v3/repos/${place.world.organisation.login}/${repository.name}/check-suites/${run.databaseId}`,
    previous_attempt_url:
      attempt.attempt > 1 ? `${url}/runs/${run.databaseId}/attempts/${attempt.attempt - 1}` : null,
    workflow_url: `${url}/workflows/${run.workflowId}`,
    head_commit: head === undefined ? null : restCommit(head),
    repository: restRepository(place, repository),
    head_repository: restRepository(place, repository),
  };
}

export function restJob(
  place: Place,
  repository: Repository,
  run: WorkflowRun,
  attempt: RunAttempt,
  job: RunJob,
): Record<string, unknown> {
  const url = `${place.origin}/api/v3/repos/${place.world.organisation.login}/${repository.name}/actions`;
  return {
    id: job.databaseId,
    run_id: run.databaseId,
    workflow_name: repository.workflows.get(run.workflowId)?.name ?? null,
    head_branch: run.headBranch,
    run_url: `${url}/runs/${run.databaseId}`,
    run_attempt: attempt.attempt,
    node_id: job.id,
    head_sha: run.headSha,
    url: `${url}/jobs/${job.databaseId}`,
    html_url: `${place.origin}/${place.world.organisation.login}/${repository.name}/actions/runs/${run.databaseId}/job/${job.databaseId}`,
    status: job.status,
    conclusion: job.conclusion,
    created_at: formatTime(job.createdAt),
    // GitHub writes the creation for a job that has not begun.
    started_at: formatTime(job.startedAt ?? job.createdAt),
    completed_at: formatOptionalTime(job.completedAt),
    name: job.name,
    steps: [],
    labels: ['ubuntu-latest'],
    runner_id: job.startedAt === null ? null : 1,
    runner_name: job.startedAt === null ? null : 'GitHub Actions 1',
    runner_group_id: null,
    runner_group_name: null,
  };
}
