import { defineTable, type RowOf, words } from '../table.ts';

/** One row per attempt of a build, with what only its neighbours tell: flakes, retries, red and green again. */
export const buildFacts = defineTable('facts.builds', ['created_at', 'repo', 'build_id', 'attempt'], {
  created_at: "DateTime64(3, 'UTC')",
  repo: 'LowCardinality(String)',
  build_id: 'String',
  attempt: 'UInt32',
  // The repository's one service; '(several)' where there are more.
  service: 'LowCardinality(String)',
  team: 'LowCardinality(String)',
  team_group: 'LowCardinality(String)',
  provider: 'LowCardinality(String)',
  pipeline: 'LowCardinality(String)',
  trigger: 'LowCardinality(String)',
  is_default_branch: 'Bool',
  sha: 'String',
  result: words('', 'success', 'failure', 'cancelled', 'other'),
  finished_at: "Nullable(DateTime64(3, 'UTC'))",
  queue_seconds: 'Nullable(Int64)',
  run_seconds: 'Nullable(Int64)',
  time_gap: words('', 'unfinished', 'not-started', 'negative'),
  // Any attempt of the build after its first.
  is_retry: 'Bool',
  // It failed, and the same pipeline succeeded on the same revision.
  is_flaky: 'Bool',
  // Run time of this attempt that told nothing: it was flaky. Null where it is not known.
  lost_seconds: 'Nullable(Int64)',
  // The first failure of the pipeline on the default branch after a success; green_at is the next success.
  is_red_start: 'Bool',
  green_at: "Nullable(DateTime64(3, 'UTC'))",
  // In the currency of the configuration; null without a price.
  cost: 'Nullable(Float64)',
});
export type BuildFactRow = RowOf<typeof buildFacts>;
