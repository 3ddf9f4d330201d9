import { defineTable, type RowOf, words } from '../table.ts';

/** One row per counted deployment: what it was, and what became of it. */
export const deploymentOutcomes = defineTable('facts.deployment_outcomes', ['repo', 'deployment_id'], {
  deployment_id: 'String',
  repo: 'LowCardinality(String)',
  service: 'LowCardinality(String)',
  is_service_withheld: 'Bool',
  environment: 'LowCardinality(String)',
  environment_kind: 'LowCardinality(String)',
  team: 'LowCardinality(String)',
  team_group: 'LowCardinality(String)',
  signal: 'LowCardinality(String)',
  ref: 'String',
  sha: 'String',
  finished_at: "DateTime64(3, 'UTC')",
  finished_at_is_exact: 'Bool',
  is_baseline: 'Bool',
  // Changes that this deployment was the first to carry; the baseline's are not known.
  change_count: 'UInt32',
  is_failure: 'Bool',
  // The strongest there is. `override` without a failure: somebody ruled that it was none.
  evidence: words('', 'override', 'incident', 'rollback', 'revert', 'hotfix', 'incident-window'),
  confidence: words('', 'high', 'medium', 'low'),
  // The first incident that is held against it.
  incident_id: 'Nullable(String)',
  failed_at: "Nullable(DateTime64(3, 'UTC'))",
  recovered_at: "Nullable(DateTime64(3, 'UTC'))",
  recovered_by: 'Nullable(String)',
  // Put out of force by a rollback that was charged to another deployment.
  is_undone: 'Bool',
  is_rework: 'Bool',
  // What the verdict can rest on: without incidents only part of all failures can be seen.
  failure_basis: words('none', 'reverts-and-rollbacks', 'incidents'),
});
export type DeploymentOutcomeRow = RowOf<typeof deploymentOutcomes>;
