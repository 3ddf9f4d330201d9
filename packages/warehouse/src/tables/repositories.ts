import { defineTable, type RowOf, words } from '../table.ts';

/** One row per repository, whichever sources know it. */
export const repositories = defineTable('domain.repositories', ['repo'], {
  repo: 'String',
  default_branch: 'String',
  // Null for a repository without a commit.
  head_sha: 'Nullable(String)',
  // History is cut off: ancestors before the cut are unknown.
  is_shallow: 'Bool',
  // The files of each commit were read.
  has_paths: 'Bool',
  // `<host>:<node id>`, the same under every name; empty where only a clone is known.
  repo_id: 'String',
  visibility: words('', 'public', 'private', 'internal'),
  is_fork: 'Bool',
  is_archived: 'Bool',
  // Deleted at the source, or no longer shown to us. What was collected stays.
  is_gone: 'Bool',
  created_at: "Nullable(DateTime64(3, 'UTC'))",
  pushed_at: "Nullable(DateTime64(3, 'UTC'))",
  primary_language: 'LowCardinality(String)',
});
export type RepositoryRow = RowOf<typeof repositories>;
