import type { RepositoryAliasRow, RepositoryRow } from '@bellwether/warehouse';
import { z } from 'zod';
import type { ProbedRepository } from './discovery/api-schema.ts';

/** What is kept of a repository for `replay`. Its owner is in its name. */
export const RepositoryRecord = z.object({
  id: z.string(),
  visibility: z.enum(['internal', 'private', 'public']),
  isFork: z.boolean(),
  isArchived: z.boolean(),
  createdAt: z.number(),
  pushedAt: z.number().nullable(),
  primaryLanguage: z.string(),
  defaultBranch: z.string(),
  headSha: z.string().nullable(),
});
export type RepositoryRecord = z.infer<typeof RepositoryRecord>;

export function pruneRepository(probe: ProbedRepository): RepositoryRecord {
  return {
    id: probe.id,
    visibility: visibilities[probe.visibility],
    isFork: probe.isFork,
    isArchived: probe.isArchived,
    createdAt: Date.parse(probe.createdAt),
    pushedAt: probe.pushedAt === null ? null : Date.parse(probe.pushedAt),
    primaryLanguage: probe.primaryLanguage?.name ?? '',
    defaultBranch: probe.defaultBranchRef?.name ?? '',
    headSha: probe.defaultBranchRef?.target?.oid ?? null,
  };
}

const visibilities = { INTERNAL: 'internal', PRIVATE: 'private', PUBLIC: 'public' } as const;

/** What a clone of the repository knows better: which files commits touched, and the history where no other reads it. */
export type CloneKnowledge = Pick<RepositoryRow, 'is_shallow' | 'has_paths'>;

export interface RepositoryNaming {
  readonly host: string;
  readonly repo: string;
  /** This source reads the commits: a clone that is cut off does not matter then. */
  readonly readsCommits: boolean;
}

/** Maps a repository that is there. */
export function mapRepository(
  record: RepositoryRecord,
  { host, repo, readsCommits }: RepositoryNaming,
  stored: CloneKnowledge | undefined,
): RepositoryRow {
  return {
    repo,
    default_branch: record.defaultBranch,
    head_sha: record.headSha,
    is_shallow: !readsCommits && stored?.is_shallow === true,
    has_paths: stored?.has_paths ?? false,
    repo_id: `${host}:${record.id}`,
    visibility: record.visibility,
    is_fork: record.isFork,
    is_archived: record.isArchived,
    is_gone: false,
    created_at: record.createdAt,
    pushed_at: record.pushedAt,
    primary_language: record.primaryLanguage,
  };
}

export function mapAlias(
  record: RepositoryRecord,
  { host, repo }: Pick<RepositoryNaming, 'host' | 'repo'>,
): RepositoryAliasRow {
  return { repo_id: `${host}:${record.id}`, repo, is_current: true };
}
