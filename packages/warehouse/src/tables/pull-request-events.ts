import { defineTable, type RowOf, words } from '../table.ts';

/** What happened to a pull request besides commits and reviews. */
export const pullRequestEvents = defineTable('domain.pull_request_events', ['repo', 'number', 'event_id'], {
  repo: 'LowCardinality(String)',
  number: 'UInt32',
  event_id: 'String',
  kind: words(
    'ready',
    'draft',
    'review_requested',
    'review_request_removed',
    'review_dismissed',
    'queued',
    'dequeued',
    'auto_merge_enabled',
    'force_pushed',
    'merged',
    'closed',
    'reopened',
    'labeled',
  ),
  at: "DateTime64(3, 'UTC')",
  actor_key: 'String',
  actor_is_bot: 'Bool',
  // The reviewer (as in review_requests), the label, or the reason to leave the queue.
  subject: 'String',
  before_sha: 'Nullable(String)',
  after_sha: 'Nullable(String)',
});
export type PullRequestEventRow = RowOf<typeof pullRequestEvents>;
