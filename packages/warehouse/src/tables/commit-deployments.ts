import { defineTable, type RowOf } from '../table.ts';

/**
 * The first counted deployment of each service and environment that carried a commit. What only the first
 * deployment of a service (the baseline) carried has no row: when it was deployed is unknown.
 */
export const commitDeployments = defineTable(
  'facts.commit_deployments',
  ['repo', 'service', 'environment', 'sha'],
  {
    repo: 'LowCardinality(String)',
    sha: 'String',
    service: 'LowCardinality(String)',
    environment: 'LowCardinality(String)',
    deployment_id: 'String',
    deployed_at: "DateTime64(3, 'UTC')",
  },
);
export type CommitDeploymentRow = RowOf<typeof commitDeployments>;
