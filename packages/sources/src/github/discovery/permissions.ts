import type { Gap } from '../api.ts';
import type { Permission } from '../session.ts';
import type { ProbedRepository } from './api-schema.ts';

/** The permission that each field of the probe needs; a list that is refused takes its whole repository along. */
const permissionOf: Readonly<Record<string, Permission>> = {
  defaultBranchRef: 'contents',
  deployments: 'deployments',
  issues: 'issues',
  pullRequests: 'pull-requests',
  refs: 'contents',
  releases: 'contents',
};

/** What an answer of a probe was refused. */
export function permissionsIn(gaps: readonly Gap[]): Set<Permission> {
  const refused = new Set<Permission>();
  for (const { kind, path } of gaps) {
    if (kind !== 'forbidden' && kind !== 'insufficient-scopes') continue;
    for (const part of path) {
      const permission = permissionOf[part];
      if (permission !== undefined) refused.add(permission);
    }
  }
  return refused;
}

/** Variables of a probe that asks for everything but that. */
export function without(refused: ReadonlySet<Permission>) {
  return {
    withContents: !refused.has('contents'),
    withDeployments: !refused.has('deployments'),
    withIssues: !refused.has('issues'),
    withPullRequests: !refused.has('pull-requests'),
  };
}

/** What was not asked of a repository, because it had been refused. */
export function refusedOf(probe: ProbedRepository): Permission[] {
  const refused: Permission[] = [];
  if (probe.releases == null) refused.push('contents');
  if (probe.deployments == null) refused.push('deployments');
  if (probe.issues == null) refused.push('issues');
  if (probe.pullRequests == null) refused.push('pull-requests');
  return refused;
}
