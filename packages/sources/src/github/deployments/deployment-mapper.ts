import type { Config, Instant } from '@bellwether/core';
import type { DeploymentRow } from '@bellwether/warehouse';
import { cleanText } from '../../git/commit-message.ts';
import type { DeploymentRecord } from './deployment-record.ts';
import { targetReader } from './deployment-target.ts';
import { environmentsPage } from './links.ts';

/** Maps deployments of one repository. */
export function deploymentMapper(repo: string, config: Config): (record: DeploymentRecord) => DeploymentRow {
  const targetOf = targetReader(repo, config);
  return (record) => {
    const target = targetOf(record);
    return {
      deployment_id: deploymentId(repo, record),
      repo,
      service: cleanText(target.service, 200),
      environment: cleanText(target.environment, 200),
      environment_kind: target.kind,
      signal: 'deployment',
      is_counted: true,
      sha: record.sha,
      ref: cleanText(record.ref, 250),
      ...outcomeOf(record.statuses),
      is_planned: !record.isPayloadUnplanned && !unplannedTask.test(record.task),
      started_at: record.createdAt,
      finished_at_is_exact: true,
      url: environmentsPage(repo, record.environment),
    };
  };
}

/** Key of a deployment in the warehouse. */
function deploymentId(repo: string, { databaseId, id }: Pick<DeploymentRecord, 'databaseId' | 'id'>): string {
  return `${repo}@deployment:${databaseId ?? id}`;
}

/** A task that says that something went wrong before. Derivation finds the others. */
const unplannedTask = /(?:^|[^a-z])(?:rollback|hotfix)(?:[^a-z]|$)/i;

/**
 * The first success decides: GitHub makes a deployment inactive as soon as the next one succeeds, which takes nothing
 * back. Without one the first failure does, else the first sign that it was given up.
 *
 * @param statuses oldest first
 */
export function outcomeOf(statuses: DeploymentRecord['statuses']): {
  status: DeploymentRow['status'];
  finished_at: Instant | null;
} {
  const first = (...states: string[]): Instant | undefined =>
    statuses.find(({ state }) => states.includes(state))?.at;
  const succeeded = first('SUCCESS');
  if (succeeded !== undefined) return { status: 'success', finished_at: succeeded };
  const failed = first('FAILURE', 'ERROR');
  if (failed !== undefined) return { status: 'failure', finished_at: failed };
  const givenUp = first('INACTIVE');
  if (givenUp !== undefined) return { status: 'cancelled', finished_at: givenUp };
  return { status: 'in_progress', finished_at: null };
}
