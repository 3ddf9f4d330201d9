import { deploymentOutcomes, type Outcome } from '@bellwether/lineage';
import type { DeploymentOutcomeRow } from '@bellwether/warehouse';
import type { ChangeDeployment } from './change-deployments.ts';
import { type EvidenceInput, hotfixReleases, revertPairs } from './failure-evidence.ts';
import type { ReleaseLine } from './release-line.ts';
import type { ServiceOwners } from './service-owners.ts';
import type { AllTestimony, LineTestimony } from './testimony.ts';

export interface OutcomeInput extends Omit<EvidenceInput, 'isOnlyService'> {
  repo: string;
  lines: readonly ReleaseLine[];
  changeDeployments: readonly ChangeDeployment[];
  owners: ServiceOwners;
  testimony: AllTestimony;
  /** Incidents of this repository would be known. */
  hasIncidentSource: boolean;
}

/** What is known of one line, before it is known whether the repository leaves evidence at all. */
interface JudgedLine {
  line: ReleaseLine;
  outcomes: readonly Outcome[];
  testimony: LineTestimony;
  /** Changes that each release was the first to carry. */
  changeCounts: ReadonlyMap<number, number>;
}

/** One row per release: whether it failed, on what evidence, and what it repaired. */
export function computeOutcomes(input: OutcomeInput): DeploymentOutcomeRow[] {
  const isOnlyService = new Set(input.lines.map(({ service }) => service)).size < 2;
  const judged = input.lines.map((line) => judge(line, { ...input, isOnlyService }));
  // Decided for the whole environment of a repository: asking each service whether it ever failed would leave only
  // those in the denominator that did.
  const speaking = new Set(
    judged
      .filter(({ outcomes }) => outcomes.some(({ evidence, isRework }) => evidence !== null || isRework))
      .map(({ line }) => line.environment),
  );
  const basisOf = ({ environment, environmentKind }: ReleaseLine): DeploymentOutcomeRow['failure_basis'] => {
    // Incidents are about production; what breaks before it is not written down.
    if (input.hasIncidentSource && environmentKind === 'production') return 'incidents';
    return speaking.has(environment) ? 'reverts-and-rollbacks' : 'none';
  };
  return judged.flatMap((each) => {
    const basis = basisOf(each.line);
    return each.outcomes.map((outcome, position) => toRow(each, position, outcome, basis, input));
  });
}

function judge(line: ReleaseLine, input: OutcomeInput & EvidenceInput): JudgedLine {
  const changeDeployments = input.changeDeployments.filter((each) => each.line === line);
  const evidence = { ...input, changeDeployments };
  const hasHotfix = hotfixReleases(line, evidence);
  const testimony = input.testimony.of(line);
  const deployments = line.releases.map(({ finished_at, is_planned }, position) => ({
    commit: line.releaseCommit[position] ?? -1,
    finishedAt: finished_at,
    hasHotfix: hasHotfix.has(position),
    isUnplanned: !is_planned,
  }));
  const outcomes = deploymentOutcomes(
    input.history.graph,
    deployments,
    revertPairs(evidence),
    line.firstRelease,
    testimony,
  );
  const changeCounts = new Map<number, number>();
  for (const { position, row } of changeDeployments) {
    if (!row.is_baseline) changeCounts.set(position, (changeCounts.get(position) ?? 0) + 1);
  }
  return { line, outcomes, testimony, changeCounts };
}

function toRow(
  { line, testimony, changeCounts }: JudgedLine,
  position: number,
  outcome: Outcome,
  basis: DeploymentOutcomeRow['failure_basis'],
  { repo, owners }: OutcomeInput,
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
    ...owners.labelOf(line.service, release.finished_at),
    signal: release.signal,
    ref: release.ref,
    sha: release.sha ?? '',
    finished_at: release.finished_at,
    finished_at_is_exact: release.finished_at_is_exact,
    is_baseline: outcome.isBaseline,
    change_count: changeCounts.get(position) ?? 0,
    is_failure: outcome.isFailure,
    evidence: outcome.evidence ?? '',
    confidence: confidenceOf(outcome, release.signal),
    incident_id: rests(outcome) ? (testimony.incidentOf.get(position) ?? null) : null,
    failed_at: outcome.failedAt,
    recovered_at: outcome.recoveredAt,
    recovered_by: repair?.deployment_id ?? null,
    is_undone: outcome.isUndone,
    is_rework: outcome.isRework,
    failure_basis: basis,
  };
}

/** Whether an incident can be behind the verdict: a rollback that one came after by chance is charged for itself. */
function rests({ evidence, isFailure }: Outcome): boolean {
  return isFailure && (evidence === 'incident' || evidence === 'incident-window' || evidence === 'override');
}

/** A tag put on an old commit again may be a second name for it; only a deployment surely went back. */
function confidenceOf(
  { evidence, confidence }: Outcome,
  signal: DeploymentOutcomeRow['signal'],
): DeploymentOutcomeRow['confidence'] {
  if (evidence === 'rollback' && signal === 'tag') return 'medium';
  return confidence ?? '';
}
