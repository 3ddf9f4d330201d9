import { defineTable, type RowOf } from '../table.ts';

/** Whose review was asked for: one row per pull request and reviewer, a person or a team. */
export const reviewRequests = defineTable('domain.review_requests', ['repo', 'number', 'reviewer'], {
  repo: 'LowCardinality(String)',
  number: 'UInt32',
  // A person key, or `team:<organisation>/<slug>`.
  reviewer: 'String',
  is_team: 'Bool',
  // Null where the event is not at hand, only that the request stands.
  first_requested_at: "Nullable(DateTime64(3, 'UTC'))",
  last_requested_at: "Nullable(DateTime64(3, 'UTC'))",
  // When it was last taken back; null where that never happened.
  removed_at: "Nullable(DateTime64(3, 'UTC'))",
  // The review is still asked for.
  is_open: 'Bool',
});
export type ReviewRequestRow = RowOf<typeof reviewRequests>;
