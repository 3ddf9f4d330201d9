import { defineTable, type RowOf, words } from '../table.ts';

/** One row per attempt to deploy, whether it reached its environment or not; of several signals the one that counts. */
export const deploymentAttempts = defineTable('facts.deployment_attempts', ['repo', 'deployment_id'], {
  repo: 'LowCardinality(String)',
  deployment_id: 'String',
  service: 'LowCardinality(String)',
  is_service_withheld: 'Bool',
  team: 'LowCardinality(String)',
  team_group: 'LowCardinality(String)',
  environment: 'LowCardinality(String)',
  environment_kind: 'LowCardinality(String)',
  signal: 'LowCardinality(String)',
  ref: 'String',
  // When it began, else when it finished.
  attempted_at: "DateTime64(3, 'UTC')",
  finished_at: "Nullable(DateTime64(3, 'UTC'))",
  result: words('success', 'failure', 'cancelled', 'unfinished'),
  has_revision: 'Bool',
});
export type DeploymentAttemptRow = RowOf<typeof deploymentAttempts>;
