import { nameMatcher } from '@bellwether/core';
import { deploymentOutcomes, type Outcome, type RevertPair } from '@bellwether/lineage';
import type { DeploymentOutcomeRow } from '@bellwether/warehouse';
import type { ChangeDeployment } from './change-deployments.ts';
import type { History } from './history.ts';
import type { ReleaseLine } from './release-line.ts';
import type { Revert } from './reverts.ts';

export interface OutcomeInput {
  repo: string;
  history: History;
  lines: readonly ReleaseLine[];
  changeDeployments: readonly ChangeDeployment[];
  reverts: readonly Revert[];
  hotfixBranches: readonly string[];
  /** The team that owns a service; '' where nobody does. */
  ownerOf: (service: string) => string;
}

/** One row per release: whether it failed, on what evidence, and what it repaired. */
export function computeOutcomes(input: OutcomeInput): DeploymentOutcomeRow[] {
  return input.lines.flatMap((line) => outcomesOfLine(line, input));
}

function outcomesOfLine(line: ReleaseLine, input: OutcomeInput): DeploymentOutcomeRow[] {
  const brought = input.changeDeployments.filter((each) => each.line === line && !each.row.is_baseline);
  const hasHotfix = hotfixReleases(brought, input.hotfixBranches);
  const outcomes = deploymentOutcomes(
    input.history.graph,
    line.releases.map(({ finished_at }, position) => ({
      commit: line.releaseCommit[position] ?? -1,
      finishedAt: finished_at,
      hasHotfix: hasHotfix.has(position),
    })),
    revertPairs(line, input),
    line.firstRelease,
  );
  const counts = new Map<number, number>();
  for (const { position } of brought) counts.set(position, (counts.get(position) ?? 0) + 1);
  const basis = outcomes.some(({ isFailure }) => isFailure) ? 'reverts-and-rollbacks' : 'none';
  return outcomes.map((outcome, position) =>
    toRow(line, position, outcome, counts.get(position) ?? 0, basis, input),
  );
}

function hotfixReleases(
  brought: readonly ChangeDeployment[],
  branches: readonly string[],
): ReadonlySet<number> {
  const isHotfix = nameMatcher(branches);
  return new Set(
    brought
      .filter(({ change }) => change.row.head_branch !== null && isHotfix(change.row.head_branch))
      .map(({ position }) => position),
  );
}

/** In a monorepo only what was reverted of this very service: its other releases merely carry the commits along. */
function revertPairs(line: ReleaseLine, { changeDeployments, reverts }: OutcomeInput): RevertPair[] {
  const ofLine = new Set(changeDeployments.filter((each) => each.line === line).map(({ change }) => change));
  return reverts
    .filter(({ original }) => ofLine.has(original))
    .map(({ original, revert }) => ({ reverted: original.merge, revert: revert.merge }));
}

function toRow(
  line: ReleaseLine,
  position: number,
  outcome: Outcome,
  changeCount: number,
  basis: DeploymentOutcomeRow['failure_basis'],
  { repo, ownerOf }: OutcomeInput,
): DeploymentOutcomeRow {
  const release = line.releases[position];
  if (release === undefined) throw new RangeError(`no release ${String(position)} in ${line.service}`);
  const repair = outcome.recoveredBy === null ? undefined : line.releases[outcome.recoveredBy];
  return {
    deployment_id: release.deployment_id,
    repo,
    service: line.service,
    environment: line.environment,
    environment_kind: line.environmentKind,
    team: ownerOf(line.service),
    signal: release.signal,
    ref: release.ref,
    sha: release.sha,
    finished_at: release.finished_at,
    finished_at_is_exact: release.finished_at_is_exact,
    is_baseline: outcome.isBaseline,
    change_count: changeCount,
    is_failure: outcome.isFailure,
    evidence: outcome.evidence ?? '',
    confidence: outcome.confidence ?? '',
    incident_id: null,
    failed_at: outcome.failedAt,
    recovered_at: outcome.recoveredAt,
    recovered_by: repair?.deployment_id ?? null,
    is_undone: outcome.isUndone,
    is_rework: outcome.isRework,
    failure_basis: basis,
  };
}
