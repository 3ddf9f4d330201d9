import { deployments, records, truncations } from '@bellwether/warehouse';
import { defineStream, rowsOf } from '../../source.ts';
import { DeploymentCursor } from '../deployments/deployment-cursor.ts';
import { deploymentMapper } from '../deployments/deployment-mapper.ts';
import { DeploymentReading, mappingOf, reaches } from '../deployments/deployment-reading.ts';
import { DeploymentRecord } from '../deployments/deployment-record.ts';
import type { GitHubSession } from '../session.ts';

/**
 * Deployments with their statuses.
 *
 * GitHub orders them by creation alone. So the history is read newest first and can go on anywhere; later runs read
 * from the top down to what they know, and by their ids those that had not ended. Where GitHub's count says that
 * something was deleted, all are read once more.
 */
export const deploymentStream = defineStream<GitHubSession, DeploymentCursor>({
  name: 'deployments',
  tables: [deployments, records, truncations],
  replaces: [truncations],
  unit: 'deployments',
  cursor: DeploymentCursor,
  isCurrent({ session, cursor, config }) {
    const { newest, totals, changedDeployments } = session.hint;
    return (
      cursor.backfill === null &&
      cursor.mapping === mappingOf({ config }) &&
      reaches(cursor.floor, session.target.since) &&
      changedDeployments.length === 0 &&
      totals.deployments === cursor.total &&
      (newest.deployment === null || (cursor.newest !== null && newest.deployment <= cursor.newest))
    );
  },
  read: (context) => new DeploymentReading(context).run(),
  replay({ repo, config }, stored) {
    const map = deploymentMapper(repo, config);
    const mapped = stored.map(({ payload }) => map(DeploymentRecord.parse(JSON.parse(payload))));
    return { rows: [rowsOf(deployments, mapped)] };
  },
});
