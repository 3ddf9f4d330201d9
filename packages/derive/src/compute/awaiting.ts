import type { ChangeDeployment } from './change-deployments.ts';
import type { Change } from './change.ts';
import type { ReleaseLine } from './release-line.ts';
import { type ServiceOwners, UNATTRIBUTED } from './service-owners.ts';

/**
 * Writes into each change when it first reached production, or why that cannot be said: what the baseline carried was
 * deployed at an unknown time, and where nothing was ever deployed, nothing waits.
 */
export function recordFirstDeployments(
  changes: readonly Change[],
  changeDeployments: readonly ChangeDeployment[],
  lines: readonly ReleaseLine[],
  owners: ServiceOwners,
): void {
  const hasProduction = lines.some(({ environmentKind }) => environmentKind === 'production');
  for (const { row } of changes) row.awaiting_gap = hasProduction ? '' : 'never-deployed';
  for (const { change, row } of changeDeployments) {
    if (!row.is_primary) continue;
    change.row.deployed_at = row.deployed_at;
    change.row.deployment_id = row.deployment_id;
    change.row.service =
      row.attribution === 'first-deployment'
        ? UNATTRIBUTED
        : owners.shownService(row.service, row.deployed_at);
    // Its name can hold that of the service.
    change.row.environment = row.is_service_withheld ? row.environment_kind : row.environment;
    change.row.awaiting_gap = row.is_baseline ? 'baseline' : '';
  }
}
