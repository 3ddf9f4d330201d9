import { defineTable, type RowOf, words } from '../table.ts';

/** One row per change that reached the default branch: a merged pull request, else a commit. */
export const changes = defineTable('facts.changes', ['repo', 'change_id'], {
  change_id: 'String',
  kind: words('pull_request', 'commit'),
  repo: 'LowCardinality(String)',
  number: 'Nullable(UInt32)',
  title: 'String',
  merge_sha: 'String',
  // The commits that belong to it, the merge included, and those of a branch that was squashed or rebased.
  commit_shas: 'Array(String)',
  team: 'LowCardinality(String)',
  is_bot: 'Bool',
  head_branch: 'Nullable(String)',
  // The change that this one takes back.
  reverts_change_id: 'Nullable(String)',
  first_authored_at: "Nullable(DateTime64(3, 'UTC'))",
  merged_at: "Nullable(DateTime64(3, 'UTC'))",
  // `merge`: a squash hides when work began, so its clock starts at the merge.
  starts_at: words('first_commit', 'merge'),
});
export type ChangeRow = RowOf<typeof changes>;
