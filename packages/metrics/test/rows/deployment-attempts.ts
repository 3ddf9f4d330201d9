import type { DeploymentAttemptRow } from '@bellwether/warehouse';

/** An attempt to deploy the service `shop` to production, recorded by the platform, that went well at once. */
export function attempt(
  row: Partial<DeploymentAttemptRow> & Pick<DeploymentAttemptRow, 'deployment_id' | 'attempted_at'>,
): DeploymentAttemptRow {
  const { result = 'success' } = row;
  return {
    repo: 'host/owner/shop',
    service: 'shop',
    is_service_withheld: false,
    team: '',
    team_group: '',
    environment: 'production',
    environment_kind: 'production',
    signal: 'deployment',
    ref: row.deployment_id,
    finished_at: result === 'unfinished' ? null : row.attempted_at,
    result,
    has_revision: true,
    ...row,
  };
}
