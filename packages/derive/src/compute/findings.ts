import type { DeploymentOutcomeRow, FindingRow } from '@bellwether/warehouse';
import type { Change } from './change.ts';
import type { DomainDeployment, DomainPullRequest } from '../domain-snapshot.ts';
import type { ChangeDeployment } from './change-deployments.ts';
import type { History } from './history.ts';
import type { ReleaseLine } from './release-line.ts';
import type { AllTestimony } from './testimony.ts';

export interface FindingInput {
  repo: string;
  history: History;
  lines: readonly ReleaseLine[];
  deployments: readonly DomainDeployment[];
  changeDeployments: readonly ChangeDeployment[];
  unresolvedReverts: readonly { change: Change; target: string }[];
  testimony: AllTestimony;
  outcomes: readonly DeploymentOutcomeRow[];
  /** Merged into the default branch, by their record. */
  pullRequests: readonly DomainPullRequest[];
}

/** What is wrong with the data of a repository: whatever a figure had to leave out, one row per thing. */
export function computeFindings(input: FindingInput): FindingRow[] {
  const finding = (kind: FindingRow['kind'], entity: string, detail: string): FindingRow => ({
    repo: input.repo,
    kind,
    entity,
    detail,
  });
  const badDates = input.history.commits
    .filter(({ authored_at, committed_at }) => authored_at === null || committed_at === null)
    .map((commit) =>
      finding(
        'unrealistic-commit-date',
        commit.sha,
        `${commit.authored_at === null ? 'author' : 'committer'} date before 1970 or in the future`,
      ),
    );
  const undated = input.deployments
    .filter(({ finished_at, environment_kind }) => finished_at === null && environment_kind !== 'prerelease')
    .map(({ deployment_id }) =>
      finding(
        'unrealistic-deployment-date',
        deployment_id,
        'dated before 1970 or in the future, so it is not counted',
      ),
    );
  const unknownCommits = input.lines.flatMap((line) =>
    line.releases
      .filter((_, position) => line.releaseCommit[position] === -1)
      .map((release) =>
        finding(
          'unknown-deployment-commit',
          release.deployment_id,
          release.sha === null ? 'it names no revision' : `${release.sha} is not in the history`,
        ),
      ),
  );
  const negative = input.changeDeployments
    .filter(({ row }) => row.lead_time_gap === 'negative')
    .map(({ row }) =>
      finding(
        'negative-lead-time',
        `${row.change_id} ${row.deployment_id}`,
        'deployed before the work began, by the recorded dates',
      ),
    );
  const cuts = input.history.missingParents.map((sha) =>
    finding('missing-parent', sha, 'named as a parent, but not collected: the history was cut here'),
  );
  const reverts = input.unresolvedReverts.map(({ change, target }) =>
    finding(
      'unresolved-revert',
      change.row.change_id,
      `says it reverts ${target}, which is not on the default branch`,
    ),
  );
  const backwards = input.outcomes
    .filter(({ failed_at, recovered_at }) => (recovered_at ?? Infinity) < (failed_at ?? -Infinity))
    .map(({ deployment_id, incident_id }) =>
      finding(
        'negative-recovery-time',
        deployment_id,
        `${incident_id ?? 'the incident'} was resolved before the deployment had finished`,
      ),
    );
  const causes = input.testimony.unresolvedCauses.map(({ incident, name }) =>
    finding(
      'unresolved-incident-cause',
      incident.incident_id,
      `names "${name.slice(0, 200)}" as its cause, which is no deployment that is known`,
    ),
  );
  const rulings = input.testimony.unresolvedRulings.map((entity) =>
    finding('unresolved-ruling', entity, 'somebody ruled on it, and it is no deployment that counts'),
  );
  return [
    ...badDates,
    ...undated,
    ...unknownCommits,
    ...negative,
    ...cuts,
    ...uniqueByEntity(reverts),
    ...unlanded(input).map(({ number }) =>
      finding(
        'unlanded-pull-request',
        `${input.repo}#${String(number)}`,
        'merged into the default branch, but no commit of it is there',
      ),
    ),
    ...backwards,
    ...causes,
    ...rulings,
  ];
}

/** Where the history was cut, older pull requests have no commit, and that is said once for all of them. */
function unlanded({ history, pullRequests }: FindingInput): readonly DomainPullRequest[] {
  if (history.commits.length === 0 || history.missingParents.length > 0) return [];
  const landed = new Set([...history.landed.values()].map(({ number }) => number));
  return pullRequests.filter(({ number }) => !landed.has(number));
}

/** A change may name several things that are not there; one finding is enough to look at it. */
function uniqueByEntity(rows: readonly FindingRow[]): FindingRow[] {
  return [...new Map(rows.map((row) => [row.entity, row])).values()];
}
