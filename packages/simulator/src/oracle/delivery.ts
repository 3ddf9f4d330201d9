import { nameMatcher, personKey } from '@bellwether/core';
import type { Deployment, Repository, RunAttempt, RunJob } from '../world/model.ts';
import { repoOf, type View } from './view.ts';

type Row = Record<string, unknown>;

/** Commits that a branch or a tag reaches; the columns that any way of reading gives alike. */
export function expectedCommits(view: View, repository: Repository): Row[] {
  const repo = repoOf(view, repository);
  const heads = [
    ...repository.branches.values(),
    ...[...repository.tags.values()].map(({ commitSha }) => commitSha),
  ];
  const reached = new Set<string>();
  const open = [...heads];
  while (open.length > 0) {
    const sha = open.pop()!;
    if (reached.has(sha)) continue;
    reached.add(sha);
    open.push(...repository.commits.get(sha)!.parents);
  }
  return [...reached].map((sha) => {
    const commit = repository.commits.get(sha)!;
    return {
      repo,
      sha,
      parents: commit.parents,
      author_key: personKey(view.secret, `git:${commit.authorEmail.toLowerCase()}`),
      authored_at: commit.authoredAt,
      committed_at: commit.committedAt,
      has_paths: false,
      paths: [],
    };
  });
}

export function expectedDeployments(view: View, repository: Repository): Row[] {
  const repo = repoOf(view, repository);
  // GitHub gives the ref itself and no text: of a branch that is gone there is none, unless it was read before.
  const hasRef = ({ ref }: Deployment): boolean => repository.branches.has(ref) || repository.tags.has(ref);
  return [...repository.deployments.values()].map((deployment) => {
    const end = endOf(deployment);
    return {
      deployment_id: `${repo}@deployment:${deployment.databaseId}`,
      repo,
      environment: deployment.environment,
      environment_kind: environmentKind(view, deployment.environment),
      signal: 'deployment',
      sha: deployment.commitSha,
      ...(hasRef(deployment) ? { ref: deployment.ref } : {}),
      status: end.status,
      started_at: deployment.createdAt,
      finished_at: end.at,
      finished_at_is_exact: true,
    };
  });
}

/** The first success is the end, whatever became of it later; without one, the last failure. */
function endOf({ statuses }: Deployment): { status: string; at: number | null } {
  const success = statuses.find(({ state }) => state === 'SUCCESS');
  if (success) return { status: 'success', at: success.createdAt };
  const failure = statuses.find(({ state }) => state === 'FAILURE' || state === 'ERROR');
  if (failure) return { status: 'failure', at: failure.createdAt };
  const inactive = statuses.find(({ state }) => state === 'INACTIVE');
  if (inactive) return { status: 'cancelled', at: inactive.createdAt };
  return { status: 'in_progress', at: null };
}

function environmentKind({ config }: View, environment: string): string {
  const { environments } = config.deployments;
  for (const kind of ['staging', 'testing', 'development', 'production'] as const) {
    if (nameMatcher(environments[kind])(environment)) return kind;
  }
  return 'other';
}

export function expectedReleases(view: View, repository: Repository): Row[] {
  const repo = repoOf(view, repository);
  return [...repository.releases.values()]
    .filter(({ isDraft }) => !isDraft)
    .map((release) => ({
      deployment_id: `${repo}@release:${release.tagName}`,
      repo,
      signal: 'release',
      ref: release.tagName,
      sha: repository.tags.get(release.tagName)?.commitSha ?? null,
      finished_at: release.publishedAt,
      status: 'success',
      environment_kind: release.isPrerelease ? 'prerelease' : 'production',
    }));
}

export function expectedBuilds(view: View, repository: Repository): Row[] {
  const repo = repoOf(view, repository);
  return [...repository.workflowRuns.values()].flatMap((run) => {
    const workflow = repository.workflows.get(run.workflowId)!;
    return run.attempts.map((attempt) => ({
      repo,
      build_id: `actions:${run.databaseId}`,
      attempt: attempt.attempt,
      provider: 'actions',
      pipeline: workflow.path,
      number: run.runNumber,
      trigger: run.event,
      branch: run.headBranch,
      sha: run.headSha,
      status: statusOf(attempt),
      conclusion: attempt.conclusion ?? '',
      created_at: run.createdAt,
      started_at: attempt.startedAt,
      finished_at: attempt.status === 'completed' ? attempt.updatedAt : null,
    }));
  });
}

export function expectedJobs(view: View, repository: Repository): Row[] {
  const repo = repoOf(view, repository);
  return [...repository.workflowRuns.values()].flatMap((run) =>
    run.attempts.flatMap(({ jobs }) =>
      jobs.map((job) => ({
        repo,
        build_id: `actions:${run.databaseId}`,
        name: job.name,
        status: statusOf(job),
        conclusion: job.conclusion ?? '',
        started_at: job.startedAt,
        finished_at: job.completedAt,
      })),
    ),
  );
}

function statusOf({ status }: Pick<RunAttempt | RunJob, 'status'>): string {
  return status === 'completed' ? 'finished' : status === 'in_progress' ? 'running' : 'queued';
}

export function expectedIncidents(view: View, repository: Repository): Row[] {
  const repo = repoOf(view, repository);
  const { config } = view;
  const isIncident = nameMatcher(config.incidents.labels);
  return [...repository.issues.values()]
    .filter(({ labels }) => labels.some((label) => isIncident(label)))
    .map((issue) => ({
      repo,
      incident_id: `${repo}#${issue.number}`,
      service: labelled(issue.labels, config.incidents.service),
      severity: labelled(issue.labels, config.incidents.severity),
      title: issue.title,
      opened_at: issue.createdAt,
      resolved_at: issue.closedAt,
      labels: issue.labels,
    }));
}

function labelled(labels: readonly string[], template: string): string {
  const [before = '', after = ''] = template.split('{name}');
  const found = labels.find((label) => label.startsWith(before) && label.endsWith(after));
  return found?.slice(before.length, found.length - after.length) ?? '';
}
