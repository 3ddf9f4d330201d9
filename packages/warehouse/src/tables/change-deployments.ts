import { defineTable, type RowOf, words } from '../table.ts';

/** Which deployment brought a change to a service's environment, and how long that took. */
export const changeDeployments = defineTable(
  'facts.change_deployments',
  ['repo', 'service', 'environment', 'change_id'],
  {
    change_id: 'String',
    repo: 'LowCardinality(String)',
    service: 'LowCardinality(String)',
    // The owner is a group too small to be shown; views say '(withheld)' instead of the service, and of the environment its
    // kind alone.
    is_service_withheld: 'Bool',
    environment: 'LowCardinality(String)',
    environment_kind: 'LowCardinality(String)',
    team: 'LowCardinality(String)',
    team_group: 'LowCardinality(String)',
    is_bot: 'Bool',
    kind: words('pull_request', 'commit'),
    deployment_id: 'String',
    deployed_at: "DateTime64(3, 'UTC')",
    // False where the date of the commit stands in for that of the deployment: the clock may stop too early.
    deployed_at_is_exact: 'Bool',
    // One row per change, so that organisation and team figures count a change once.
    is_primary: 'Bool',
    // One row per change and service (as it may be shown) over its production environments.
    is_service_primary: 'Bool',
    // One row per change and production environment (as it may be shown) over its services.
    is_environment_primary: 'Bool',
    // Carried by the service's first deployment: when is unknown, so there is no lead time.
    is_baseline: 'Bool',
    // How the service was found: the repository has only one; path globs match; neither, so the first release counts.
    attribution: words('only-service', 'paths', 'first-deployment'),
    starts_at: words('first_commit', 'merge'),
    merged_at: "Nullable(DateTime64(3, 'UTC'))",
    is_deployed_before_merge: 'Bool',
    // Null with its reason: never a guess, never zero.
    lead_time_seconds: 'Nullable(Int64)',
    lead_time_gap: words('', 'baseline', 'unknown-start', 'negative'),
  },
);
export type ChangeDeploymentRow = RowOf<typeof changeDeployments>;
