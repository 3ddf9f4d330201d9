import { defineTable, type RowOf, words } from '../table.ts';

/** One row per pull request in any state: its stages, how it was reviewed, how large it is. */
export const pullRequestFacts = defineTable('facts.pull_requests', ['repo', 'number', 'created_at'], {
  repo: 'LowCardinality(String)',
  number: 'UInt32',
  change_id: 'String',
  state: words('open', 'merged', 'closed'),
  is_to_default_branch: 'Bool',
  is_bot: 'Bool',
  // The author's, '(withheld)' where it was too small, '' where nobody knows.
  team: 'LowCardinality(String)',
  team_group: 'LowCardinality(String)',
  // The one service it belongs to, '(several)', '(unattributed)', or '' where the repository has none.
  service: 'LowCardinality(String)',
  // All of them, as they may be shown.
  services: 'Array(LowCardinality(String))',
  is_draft: 'Bool',
  created_at: "DateTime64(3, 'UTC')",
  first_commit_at: "Nullable(DateTime64(3, 'UTC'))",
  // When the clock of review begins: first ready for review.
  ready_at: "Nullable(DateTime64(3, 'UTC'))",
  first_review_at: "Nullable(DateTime64(3, 'UTC'))",
  approved_at: "Nullable(DateTime64(3, 'UTC'))",
  merged_at: "Nullable(DateTime64(3, 'UTC'))",
  // Merged or closed.
  ended_at: "Nullable(DateTime64(3, 'UTC'))",
  deployed_at: "Nullable(DateTime64(3, 'UTC'))",
  deployment_id: 'String',
  is_deployed_before_merge: 'Bool',
  starts_at: words('first_commit', 'created'),
  coding_seconds: 'Nullable(Int64)',
  coding_business_seconds: 'Nullable(Int64)',
  pickup_seconds: 'Nullable(Int64)',
  pickup_business_seconds: 'Nullable(Int64)',
  review_seconds: 'Nullable(Int64)',
  review_business_seconds: 'Nullable(Int64)',
  merge_wait_seconds: 'Nullable(Int64)',
  merge_wait_business_seconds: 'Nullable(Int64)',
  deploy_seconds: 'Nullable(Int64)',
  deploy_business_seconds: 'Nullable(Int64)',
  cycle_seconds: 'Nullable(Int64)',
  cycle_business_seconds: 'Nullable(Int64)',
  cycle_gap: words('', 'not-merged', 'not-deployed', 'never-deployed', 'baseline', 'negative'),
  first_review_seconds: 'Nullable(Int64)',
  first_review_business_seconds: 'Nullable(Int64)',
  first_review_gap: words('', 'no-review', 'not-yet-reviewed', 'before-ready'),
  // Time back in draft after it was first ready; it counts as coding.
  draft_seconds: 'Int64',
  queue_seconds: 'Nullable(Int64)',
  queue_gap: words('', 'not-queued', 'negative'),
  review_rounds: 'UInt32',
  review_count: 'UInt32',
  reviewer_count: 'UInt32',
  approval_count: 'UInt32',
  review_comment_count: 'UInt32',
  additions: 'UInt32',
  deletions: 'UInt32',
  // Added and deleted lines without lockfiles, generated and vendored files.
  effective_lines: 'Nullable(UInt32)',
  size_gap: words('', 'files-cut', 'files-unknown'),
  is_revert: 'Bool',
  // When a later change that took it back was merged.
  reverted_at: "Nullable(DateTime64(3, 'UTC'))",
  // Merged without a review by another person; null with review_gap.
  is_self_merged: 'Nullable(Bool)',
  // Large, approved, and not a word said.
  is_silently_approved: 'Nullable(Bool)',
  is_cross_team_reviewed: 'Nullable(Bool)',
  review_gap: words(
    '',
    'not-merged',
    'reviews-unknown',
    'not-approved',
    'small',
    'team-unknown',
    'no-review',
  ),
});
export type PullRequestFactRow = RowOf<typeof pullRequestFacts>;
