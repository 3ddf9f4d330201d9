import { defineTable, type RowOf, words } from '../table.ts';

/** One row per attempt of a build: a re-run is a new attempt of the same build. */
export const builds = defineTable('domain.builds', ['repo', 'build_id', 'attempt'], {
  repo: 'LowCardinality(String)',
  // `actions:<run id>`; an imported one's own.
  build_id: 'String',
  attempt: 'UInt32',
  // `actions`, `buildkite`, `jenkins`, …
  provider: 'LowCardinality(String)',
  // What was built, the same over all builds: `.github/workflows/ci.yml`.
  pipeline: 'LowCardinality(String)',
  pipeline_name: 'LowCardinality(String)',
  number: 'UInt32',
  // What made it run: push, pull_request, schedule, …
  trigger: 'LowCardinality(String)',
  branch: 'String',
  sha: 'String',
  status: words('queued', 'running', 'finished'),
  // Empty until it is finished.
  conclusion: words(
    '',
    'success',
    'failure',
    'cancelled',
    'skipped',
    'timed_out',
    'neutral',
    'action_required',
  ),
  created_at: "DateTime64(3, 'UTC')",
  started_at: "Nullable(DateTime64(3, 'UTC'))",
  finished_at: "Nullable(DateTime64(3, 'UTC'))",
  url: 'String',
});
export type BuildRow = RowOf<typeof builds>;
