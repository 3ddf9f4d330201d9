import { defineTable, type RowOf, words } from '../table.ts';

/** One row per pull request, whatever became of it. What a force-push replaces stands in arrays, all at once. */
export const pullRequests = defineTable('domain.pull_requests', ['repo', 'number'], {
  repo: 'LowCardinality(String)',
  number: 'UInt32',
  node_id: 'String',
  title: 'String',
  state: words('open', 'closed', 'merged'),
  is_draft: 'Bool',
  // Empty where the account is gone.
  author_key: 'String',
  author_is_bot: 'Bool',
  base_branch: 'String',
  head_branch: 'String',
  head_sha: 'String',
  // From a fork: its branch is not the repository's own.
  is_from_fork: 'Bool',
  created_at: "DateTime64(3, 'UTC')",
  // When it first could be reviewed: created, unless it began as a draft. Null while it never was ready.
  ready_at: "Nullable(DateTime64(3, 'UTC'))",
  merged_at: "Nullable(DateTime64(3, 'UTC'))",
  closed_at: "Nullable(DateTime64(3, 'UTC'))",
  updated_at: "DateTime64(3, 'UTC')",
  merge_commit_sha: 'Nullable(String)',
  merged_by_key: 'String',
  is_in_merge_queue: 'Bool',
  additions: 'UInt32',
  deletions: 'UInt32',
  changed_file_count: 'UInt32',
  // Totals as the source counts them: what was read can be held against them.
  commit_count: 'UInt32',
  review_count: 'UInt32',
  event_count: 'UInt32',
  comment_count: 'UInt32',
  // The pull request's own commits in order, with their dates and authors beside; a cut list is a row in ops.truncations.
  commit_shas: 'Array(String)',
  commit_authored_at: "Array(Nullable(DateTime64(3, 'UTC')))",
  commit_author_keys: 'Array(String)',
  file_paths: 'Array(String)',
  file_additions: 'Array(UInt32)',
  file_deletions: 'Array(UInt32)',
  labels: 'Array(String)',
  // The pull request that this one takes back, as its branch `revert-<number>-…` says.
  reverts_number: 'Nullable(UInt32)',
});
export type PullRequestRow = RowOf<typeof pullRequests>;
