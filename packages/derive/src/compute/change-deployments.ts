import type { ChangeDeploymentRow } from '@bellwether/warehouse';
import type { Attribution } from './attribution.ts';
import type { Change } from './change.ts';
import { type ServiceOwners, UNATTRIBUTED } from './service-owners.ts';
import { inOrder, type Release, type ReleaseLine } from './release-line.ts';

/** A row, and where in which line it stands. */
export interface ChangeDeployment {
  change: Change;
  line: ReleaseLine;
  /** Position of the release in its line. */
  position: number;
  row: ChangeDeploymentRow;
}

/**
 * Which release of each line brought each change, and after how long.
 *
 * @param attribute which services a change belongs to
 * @param picks     commits that were cherry-picked from a commit
 * @param owners    of the services, which decide under which name a service is shown
 */
export function computeChangeDeployments(
  changes: readonly Change[],
  lines: readonly ReleaseLine[],
  attribute: (change: Change) => Attribution,
  picks: ReadonlyMap<number, readonly number[]>,
  owners: ServiceOwners,
): ChangeDeployment[] {
  return changes.flatMap((change) => {
    const { how, services } = attribute(change);
    const carried = lines
      .filter(({ service }) => services.has(service))
      .map((line) => ({ line, position: carriedBy(change, line, picks) }))
      .filter(({ position }) => position !== -1);
    const counted = how === 'first-deployment' ? firstPerEnvironment(carried) : carried;
    const production = counted.filter(({ line }) => line.environmentKind === 'production');
    const ownName = (candidate: Candidate): string =>
      owners.shownService(candidate.line.service, releaseOf(candidate).finished_at);
    // Whose change it is nobody knows, so that the services of two environments are one name, and count once.
    const isAttributed = how !== 'first-deployment';
    const shownAs = isAttributed ? ownName : () => UNATTRIBUTED;
    const primary = earliest(production);
    const ofService = firstPer(production, shownAs);
    const isWithheld = (candidate: Candidate): boolean => ownName(candidate) !== candidate.line.service;
    // As views show it: the environment of a service that is withheld can hold its name, and says its kind alone.
    const ofEnvironment = firstPer(production, (candidate) =>
      isWithheld(candidate) ? candidate.line.environmentKind : candidate.line.environment,
    );
    return counted.map((candidate) => ({
      change,
      ...candidate,
      row: {
        ...toRow(change, candidate, how),
        is_service_withheld: isWithheld(candidate),
        is_primary: candidate === primary,
        is_service_primary: ofService.has(candidate),
        is_environment_primary: ofEnvironment.has(candidate),
      },
    }));
  });
}

interface Candidate {
  line: ReleaseLine;
  position: number;
}

/**
 * The release that first held the whole change: by its merge, or earlier by all of its content or of its branch, each
 * commit either itself or as a cherry-pick (a hotfix from a maintenance branch, a branch deployed before its merge).
 *
 * @returns position in the line, -1 when no release holds it
 */
function carriedBy(change: Change, line: ReleaseLine, picks: ReadonlyMap<number, readonly number[]>): number {
  const first = (commit: number): number => {
    const position = line.firstRelease[commit] ?? -1;
    return position === -1 ? Infinity : position;
  };
  const firstOfAny = (commit: number): number =>
    Math.min(first(commit), ...(picks.get(commit) ?? []).map((pick) => first(pick)));
  const firstOfAll = (commits: readonly number[]): number =>
    commits.reduce((latest, commit) => Math.max(latest, firstOfAny(commit)), 0);
  const byBranch = change.branch.length === 0 ? Infinity : firstOfAll(change.branch);
  const position = Math.min(firstOfAny(change.merge), firstOfAll(change.content), byBranch);
  return position === Infinity ? -1 : position;
}

/**
 * Of several services that released a change which cannot be told to belong to one of them, the first release in each
 * environment stands for all. A baseline speaks only when nothing else does: the first release of a new service
 * carries the whole repository.
 */
function firstPerEnvironment(candidates: readonly Candidate[]): Candidate[] {
  return [...firstPer(candidates, ({ line }) => line.environment)];
}

/** Of those with the same name the earliest. */
function firstPer(
  candidates: readonly Candidate[],
  nameOf: (candidate: Candidate) => string,
): ReadonlySet<Candidate> {
  // Nearly every change has one, and there are millions.
  if (candidates.length < 2) return new Set(candidates);
  const first = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const name = nameOf(candidate);
    const other = first.get(name);
    if (other === undefined || isBefore(candidate, other)) first.set(name, candidate);
  }
  return new Set(first.values());
}

function earliest(candidates: readonly Candidate[]): Candidate | undefined {
  const [first, ...others] = candidates;
  return first === undefined
    ? undefined
    : others.reduce((best, candidate) => (isBefore(candidate, best) ? candidate : best), first);
}

function isBefore(a: Candidate, b: Candidate): boolean {
  if (isBaseline(a) !== isBaseline(b)) return isBaseline(b);
  return inOrder(releaseOf(a), releaseOf(b)) < 0;
}

/** What hangs together with the other rows of the change, or with who owns the service. */
type Decided = 'is_service_withheld' | 'is_primary' | 'is_service_primary' | 'is_environment_primary';

function toRow(
  { row: change, merge, pullRequest }: Change,
  candidate: Candidate,
  attribution: ChangeDeploymentRow['attribution'],
): Omit<ChangeDeploymentRow, Decided> {
  const { line } = candidate;
  const release = releaseOf(candidate);
  // A tag has the date of its commit, and the source may call that merged a second later.
  const isMergeKnownToBeIn = pullRequest !== null && isCarried(merge, candidate);
  const startedAt = change.starts_at === 'merge' ? change.merged_at : change.first_authored_at;
  return {
    change_id: change.change_id,
    repo: change.repo,
    service: line.service,
    environment: line.environment,
    environment_kind: line.environmentKind,
    team: change.team,
    team_group: change.team_group,
    is_bot: change.is_bot,
    kind: change.kind,
    deployment_id: release.deployment_id,
    deployed_at: release.finished_at,
    deployed_at_is_exact: release.finished_at_is_exact,
    is_baseline: isBaseline(candidate),
    attribution,
    starts_at: change.starts_at,
    merged_at: change.merged_at,
    is_deployed_before_merge:
      change.merged_at !== null && release.finished_at < change.merged_at && !isMergeKnownToBeIn,
    ...leadTime(isBaseline(candidate), startedAt, release.finished_at),
  };
}

/** DORA's change lead time, from the start of the work to the deployment, in whole seconds; or why there is none. */
function leadTime(
  isUnknown: boolean,
  startedAt: number | null,
  deployedAt: number,
): Pick<ChangeDeploymentRow, 'lead_time_seconds' | 'lead_time_gap'> {
  if (isUnknown) return { lead_time_seconds: null, lead_time_gap: 'baseline' };
  if (startedAt === null) return { lead_time_seconds: null, lead_time_gap: 'unknown-start' };
  if (deployedAt < startedAt) return { lead_time_seconds: null, lead_time_gap: 'negative' };
  return { lead_time_seconds: Math.floor((deployedAt - startedAt) / 1000), lead_time_gap: '' };
}

function isCarried(commit: number, { line, position }: Candidate): boolean {
  const first = line.firstRelease[commit] ?? -1;
  return first !== -1 && first <= position;
}

function isBaseline({ line, position }: Candidate): boolean {
  return line.isFreshStart[position] === 1;
}

function releaseOf({ line, position }: Candidate): Release {
  const release = line.releases[position];
  if (release === undefined) throw new RangeError(`no release ${String(position)} in ${line.service}`);
  return release;
}
