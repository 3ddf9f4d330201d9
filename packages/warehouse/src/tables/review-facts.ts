import { defineTable, type RowOf, words } from '../table.ts';

/** One row per review by a person who is not the author, and how long that person was waited for. */
export const reviewFacts = defineTable('facts.reviews', ['repo', 'submitted_at', 'number', 'review_id'], {
  repo: 'LowCardinality(String)',
  number: 'UInt32',
  review_id: 'String',
  change_id: 'String',
  // Facts know person keys; no view shows it.
  reviewer_key: 'String',
  // The reviewer's.
  team: 'LowCardinality(String)',
  team_group: 'LowCardinality(String)',
  service: 'LowCardinality(String)',
  services: 'Array(LowCardinality(String))',
  // Of the pull request; reviews by bots have no row.
  is_bot: 'Bool',
  submitted_at: "DateTime64(3, 'UTC')",
  // What the reviewer responds to: the request, ready for review, or what the author pushed after the last review.
  waiting_since: "Nullable(DateTime64(3, 'UTC'))",
  basis: words('', 'requested', 'ready', 'updated'),
  response_seconds: 'Nullable(Int64)',
  response_business_seconds: 'Nullable(Int64)',
  response_gap: words('', 'unknown-start', 'negative'),
  state: words('approved', 'changes_requested', 'commented', 'dismissed'),
  comment_count: 'UInt32',
  is_cross_team: 'Nullable(Bool)',
});
export type ReviewFactRow = RowOf<typeof reviewFacts>;
