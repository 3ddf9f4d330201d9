import { defineTable, type RowOf } from '../table.ts';

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
});
export type RepositoryRow = RowOf<typeof repositories>;
