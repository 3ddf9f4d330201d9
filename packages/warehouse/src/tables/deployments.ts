import { defineTable, type RowOf, words } from '../table.ts';

/** One row per release, whatever announced it. Time is not in the key: a tag can move. */
export const deployments = defineTable('domain.deployments', ['repo', 'deployment_id'], {
  deployment_id: 'String',
  repo: 'LowCardinality(String)',
  service: 'LowCardinality(String)',
  environment: 'LowCardinality(String)',
  environment_kind: words('production', 'staging', 'testing', 'development', 'prerelease', 'other'),
  signal: words('deployment', 'workflow_run', 'release', 'tag', 'imported'),
  // False for an alias of a release within its own signal. Which signal counts is decided by derivation.
  is_counted: 'Bool',
  sha: 'Nullable(String)',
  ref: 'String',
  status: words('success', 'failure', 'in_progress', 'cancelled', 'unknown'),
  is_planned: 'Bool',
  started_at: "Nullable(DateTime64(3, 'UTC'))",
  finished_at: "Nullable(DateTime64(3, 'UTC'))",
  // False where another date stands in, as a commit's does for a lightweight tag.
  finished_at_is_exact: 'Bool',
  url: 'String',
});
export type DeploymentRow = RowOf<typeof deployments>;
