import { defineTable, type RowOf, words } from '../table.ts';

/** One row per submitted review. */
export const reviews = defineTable('domain.reviews', ['repo', 'number', 'review_id'], {
  repo: 'LowCardinality(String)',
  number: 'UInt32',
  review_id: 'String',
  author_key: 'String',
  author_is_bot: 'Bool',
  state: words('approved', 'changes_requested', 'commented', 'dismissed'),
  submitted_at: "DateTime64(3, 'UTC')",
  commit_sha: 'Nullable(String)',
  // Comments on lines of the diff.
  comment_count: 'UInt32',
  // It says something besides them.
  has_body: 'Bool',
});
export type ReviewRow = RowOf<typeof reviews>;
