import type { DeploymentAttemptRow } from '@bellwether/warehouse';
import type { DomainDeployment } from '../domain-snapshot.ts';
import type { ServiceOwners } from './service-owners.ts';

const results: Record<DomainDeployment['status'], DeploymentAttemptRow['result']> = {
  success: 'success',
  failure: 'failure',
  cancelled: 'cancelled',
  in_progress: 'unfinished',
  unknown: 'unfinished',
};

/**
 * One row per attempt to reach an environment that has facts. An attempt that failed never reached production: it is
 * no change failure, and figures of change failure know nothing of it.
 *
 * @param attempts those of the signals that count, whatever became of them
 */
export function computeAttempts(
  repo: string,
  attempts: readonly DomainDeployment[],
  owners: ServiceOwners,
): DeploymentAttemptRow[] {
  return attempts.flatMap((deployment) => {
    const { deployment_id, service, environment, environment_kind, signal, ref, sha } = deployment;
    const { status, started_at, finished_at } = deployment;
    const attempted_at = started_at ?? finished_at;
    // Without any date it stands in no period; the finding about undated deployments speaks of it.
    if (attempted_at === null) return [];
    const names = { repo, deployment_id, service, environment, environment_kind, signal, ref };
    return [
      {
        ...names,
        ...owners.labelOf(service, attempted_at),
        attempted_at,
        finished_at,
        result: results[status],
        has_revision: sha !== null && sha !== '',
      },
    ];
  });
}
