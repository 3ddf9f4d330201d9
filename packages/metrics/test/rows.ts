import type { ChangeDeploymentRow, ChangeRow, DeploymentOutcomeRow } from '@bellwether/warehouse';

/** The instant of a text such as `2024-03-04T09:00`, UTC. */
export function at(text: string): number {
  return Date.parse(text.includes('T') ? `${text}Z` : `${text}T00:00Z`);
}

const MINUTE = 60;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const place = {
  repo: 'host/owner/shop',
  service: 'shop',
  environment: 'production',
  team: '',
  team_group: '',
} as const;

/** A deployment of the service `shop` to production that went well. */
export function outcome(
  row: Partial<DeploymentOutcomeRow> & Pick<DeploymentOutcomeRow, 'deployment_id' | 'finished_at'>,
): DeploymentOutcomeRow {
  return {
    ...place,
    is_service_withheld: false,
    environment_kind: 'production',
    signal: 'tag',
    ref: row.deployment_id,
    sha: 'a'.repeat(40),
    finished_at_is_exact: true,
    is_baseline: false,
    change_count: 1,
    is_failure: false,
    evidence: '',
    confidence: '',
    incident_id: null,
    failed_at: null,
    recovered_at: null,
    recovered_by: null,
    is_undone: false,
    is_rework: false,
    failure_basis: 'reverts-and-rollbacks',
    ...row,
  };
}

/** A person's change that reached production of the service `shop`. */
export function changeDeployment(
  row: Partial<ChangeDeploymentRow> & Pick<ChangeDeploymentRow, 'change_id' | 'deployed_at'>,
): ChangeDeploymentRow {
  return {
    ...place,
    is_service_withheld: false,
    environment_kind: 'production',
    is_bot: false,
    kind: 'pull_request',
    deployment_id: 'v1',
    deployed_at_is_exact: true,
    is_primary: true,
    is_service_primary: true,
    is_environment_primary: true,
    is_baseline: false,
    attribution: 'only-service',
    starts_at: 'first_commit',
    merged_at: null,
    is_deployed_before_merge: false,
    lead_time_seconds: null,
    lead_time_gap: '',
    ...row,
  };
}

/** A person's merged change. */
export function change(row: Partial<ChangeRow> & Pick<ChangeRow, 'change_id'>): ChangeRow {
  return {
    kind: 'pull_request',
    repo: place.repo,
    number: null,
    title: '',
    merge_sha: 'a'.repeat(40),
    commit_shas: [],
    services: [],
    team: '',
    team_group: '',
    is_bot: false,
    head_branch: null,
    reverts_change_id: null,
    first_authored_at: null,
    merged_at: null,
    starts_at: 'first_commit',
    deployed_at: null,
    deployment_id: '',
    service: '',
    environment: '',
    awaiting_gap: '',
    ...row,
  };
}
