import type { CommitDeploymentRow } from '@bellwether/warehouse';
import type { History } from './history.ts';
import type { ReleaseLine } from './release-line.ts';

/** One row per commit and line, for the first release that carried it; none for what the baseline carried. */
export function computeCommitDeployments(
  repo: string,
  { commits }: History,
  lines: readonly ReleaseLine[],
): CommitDeploymentRow[] {
  return lines.flatMap((line) => {
    const rows: CommitDeploymentRow[] = [];
    line.firstRelease.forEach((position, index) => {
      const release = line.releases[position];
      const commit = commits[index];
      if (release === undefined || commit === undefined || position === line.baseline) return;
      rows.push({
        repo,
        sha: commit.sha,
        service: line.service,
        environment: line.environment,
        deployment_id: release.deployment_id,
        deployed_at: release.finished_at,
      });
    });
    return rows;
  });
}
