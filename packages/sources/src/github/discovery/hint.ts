import type { RepositoryHint } from '../session.ts';
import type { ProbedRepository } from './api-schema.ts';
import { refusedOf } from './permissions.ts';

/** A hint with the answer that it was made of, so that the repository stream costs no request of its own. */
export interface ProbedHint extends RepositoryHint {
  readonly probe: ProbedRepository;
}

/** What an answer of a probe says about what may be new. */
export function mapHint(probe: ProbedRepository): ProbedHint {
  return {
    probe,
    nodeId: probe.id,
    isArchived: probe.isArchived,
    isEmpty: probe.isEmpty,
    defaultBranch: probe.defaultBranchRef?.name ?? '',
    headSha: probe.defaultBranchRef?.target?.oid ?? null,
    pushedAt: toInstant(probe.pushedAt),
    updatedAt: Date.parse(probe.updatedAt),
    refused: refusedOf(probe),
    newest: {
      pullRequest: toInstant(probe.pullRequests?.nodes?.[0]?.updatedAt),
      issue: toInstant(probe.issues?.nodes?.[0]?.updatedAt),
      deployment: toInstant(probe.deployments?.nodes?.[0]?.createdAt),
      release: toInstant(probe.releases?.nodes?.[0]?.updatedAt),
    },
    totals: {
      pullRequests: probe.pullRequests?.totalCount ?? 0,
      issues: probe.issues?.totalCount ?? 0,
      deployments: probe.deployments?.totalCount ?? 0,
      releases: probe.releases?.totalCount ?? 0,
      tags: probe.refs?.totalCount ?? 0,
    },
    changedPullRequests: [],
    changedDeployments: [],
  };
}

/** `<host>/<owner>/<name>` in GitHub's own spelling. */
export function nameOf(host: string, { owner, name }: { owner: { login: string }; name: string }): string {
  return `${host}/${owner.login}/${name}`;
}

/** `<host>:<node id>`, the same under every name. */
export function idOf(host: string, nodeId: string): string {
  return `${host}:${nodeId}`;
}

function toInstant(text: string | null | undefined): number | null {
  return text == null ? null : Date.parse(text);
}
