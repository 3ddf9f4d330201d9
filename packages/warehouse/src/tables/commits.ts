import { defineTable, type RowOf } from '../table.ts';

/** Every commit that any branch or tag reaches. */
export const commits = defineTable('domain.commits', ['repo', 'sha'], {
  repo: 'LowCardinality(String)',
  // String and not FixedString(40): repositories with SHA-256 exist.
  sha: 'String',
  parents: 'Array(String)',
  author_key: 'String',
  author_is_bot: 'Bool',
  // Null where the recorded date cannot be believed.
  authored_at: "Nullable(DateTime64(3, 'UTC'))",
  committed_at: "Nullable(DateTime64(3, 'UTC'))",
  subject: 'String',
  // The pull request that this commit merged or squashed, as its subject says.
  number: 'Nullable(UInt32)',
  // The branch that a merge commit names.
  head_branch: 'Nullable(String)',
  // May be abbreviated, as people write it.
  reverts_sha: 'Nullable(String)',
  reverts_number: 'Nullable(UInt32)',
  cherry_picked_from: 'Nullable(String)',
  has_paths: 'Bool',
  // Empty and `has_paths = false` where trees are not at hand.
  paths: 'Array(String)',
});
export type CommitRow = RowOf<typeof commits>;
