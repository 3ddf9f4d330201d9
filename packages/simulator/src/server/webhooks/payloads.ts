import type {
  Commit,
  Deployment,
  DeploymentStatus,
  PullRequest,
  Repository,
  RunAttempt,
  RunJob,
  WorkflowRun,
} from '../../world/model.ts';
import {
  type Place,
  restCommit,
  restFullRepository,
  restJob,
  restOwner,
  restRun,
  restActor,
} from '../rest/shapes.ts';
import { formatOptionalTime, formatTime } from '../time-format.ts';

export type WebhookName = 'deployment_status' | 'pull_request' | 'push' | 'workflow_job' | 'workflow_run';

/** An event as GitHub posts it: its name goes into a header, its payload is the body. */
export interface WebhookEvent {
  readonly name: WebhookName;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What every payload says. */
function envelope(place: Place, repository: Repository, senderId: string): Record<string, unknown> {
  return {
    repository: restFullRepository(place, repository),
    organization: restOwner(place),
    sender: restActor(place, senderId),
  };
}

export function pullRequestEvent(
  place: Place,
  repository: Repository,
  pullRequest: PullRequest,
  action:
    'opened' | 'synchronize' | 'edited' | 'closed' | 'reopened' | 'ready_for_review' | 'converted_to_draft',
): WebhookEvent {
  const fullName = `${place.world.organisation.login}/${repository.name}`;
  return {
    name: 'pull_request',
    payload: {
      action,
      number: pullRequest.number,
      pull_request: {
        id: pullRequest.databaseId,
        node_id: pullRequest.id,
        number: pullRequest.number,
        html_url: `${place.origin}/${fullName}/pull/${pullRequest.number}`,
        state: pullRequest.state === 'OPEN' ? 'open' : 'closed',
        title: pullRequest.title,
        body: pullRequest.body,
        user: restActor(place, pullRequest.authorId),
        draft: pullRequest.isDraft,
        created_at: formatTime(pullRequest.createdAt),
        updated_at: formatTime(pullRequest.updatedAt),
        closed_at: formatOptionalTime(pullRequest.closedAt),
        merged_at: formatOptionalTime(pullRequest.mergedAt),
        merged: pullRequest.state === 'MERGED',
        merge_commit_sha: pullRequest.mergeCommitSha,
        commits: pullRequest.commitShas.length,
        changed_files: pullRequest.files.length,
        labels: pullRequest.labels.map((name) => ({ name })),
        head: { ref: pullRequest.headBranch, sha: pullRequest.headSha },
        base: { ref: pullRequest.baseBranch },
      },
      ...envelope(place, repository, pullRequest.authorId),
    },
  };
}

export function pushEvent(
  place: Place,
  repository: Repository,
  push: {
    readonly branch: string;
    readonly before: string;
    readonly commits: readonly Commit[];
    readonly pusherId: string;
  },
): WebhookEvent {
  const head = push.commits.at(-1);
  const pusher = place.world.users.get(push.pusherId);
  return {
    name: 'push',
    payload: {
      ref: `refs/heads/${push.branch}`,
      before: push.before,
      after: head?.sha ?? push.before,
      created: false,
      deleted: false,
      forced: false,
      commits: push.commits.map(restCommit),
      head_commit: head === undefined ? null : restCommit(head),
      pusher: { name: pusher?.login ?? 'ghost', email: pusher?.email ?? null },
      ...envelope(place, repository, push.pusherId),
    },
  };
}

export function workflowRunEvent(
  place: Place,
  repository: Repository,
  run: WorkflowRun,
  action: 'requested' | 'in_progress' | 'completed',
): WebhookEvent {
  const workflow = repository.workflows.get(run.workflowId);
  return {
    name: 'workflow_run',
    payload: {
      action,
      workflow_run: restRun(place, repository, run),
      workflow:
        workflow === undefined
          ? null
          : { id: workflow.databaseId, node_id: workflow.id, name: workflow.name, path: workflow.path },
      ...envelope(place, repository, run.actorId),
    },
  };
}

export function workflowJobEvent(
  place: Place,
  repository: Repository,
  of: { readonly run: WorkflowRun; readonly attempt: RunAttempt; readonly job: RunJob },
  action: 'queued' | 'in_progress' | 'completed',
): WebhookEvent {
  return {
    name: 'workflow_job',
    payload: {
      action,
      workflow_job: restJob(place, repository, of.run, of.attempt, of.job),
      ...envelope(place, repository, of.run.actorId),
    },
  };
}

export function deploymentStatusEvent(
  place: Place,
  repository: Repository,
  deployment: Deployment,
  status: DeploymentStatus,
): WebhookEvent {
  return {
    name: 'deployment_status',
    payload: {
      action: 'created',
      deployment_status: {
        node_id: status.id,
        state: status.state.toLowerCase(),
        creator: restActor(place, status.creatorId),
        description: '',
        environment: deployment.environment,
        environment_url: status.environmentUrl,
        created_at: formatTime(status.createdAt),
        updated_at: formatTime(status.createdAt),
      },
      deployment: {
        id: deployment.databaseId,
        node_id: deployment.id,
        sha: deployment.commitSha,
        ref: deployment.ref,
        task: deployment.task,
        payload: deployment.payload === '' ? {} : (JSON.parse(deployment.payload) as unknown),
        environment: deployment.environment,
        original_environment: deployment.originalEnvironment,
        creator: restActor(place, deployment.creatorId),
        created_at: formatTime(deployment.createdAt),
        updated_at: formatTime(deployment.updatedAt),
      },
      ...envelope(place, repository, status.creatorId),
    },
  };
}
