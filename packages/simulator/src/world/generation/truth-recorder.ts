import type { TrueDeployment, World } from '../model.ts';

/** What came onto the default branch, in order: a pull request, or a commit without one. */
export interface MainEntry {
  /** The branch's head with this in it. */
  readonly sha: string;
  readonly number: number | null;
  readonly firstAuthoredAt: number;
  readonly services: ReadonlySet<string>;
  /** The pull request that this one takes back. */
  readonly reverts: number | null;
  readonly isHotfix: boolean;
}

/** A revision of the default branch: everything up to that position, and what a hotfix branch adds to it. */
export interface Revision {
  readonly sha: string;
  /** -1: none of the entries. */
  readonly position: number;
  readonly hotfix: MainEntry | null;
}

type Failure = NonNullable<TrueDeployment['failure']>;
type Evidence = 'named-incident' | Exclude<Failure['cause'], 'incident'> | 'incident';
const byStrength: readonly Evidence[] = ['named-incident', 'rollback', 'revert', 'hotfix', 'incident'];

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** One successful production deployment, while the truth about it is still coming in. */
export interface Recorded {
  readonly revision: Revision;
  readonly deployment: Mutable<TrueDeployment>;
  evidence: Evidence | null;
}

/** What one service has in one environment. */
export interface ProductionRecord {
  readonly environment: string;
  readonly history: Recorded[];
  /** Up to where the environment has ever had the default branch. */
  carriedUpTo: number;
  /** Who brought which pull request. */
  readonly carriedBy: Map<number, Recorded>;
}

/** One service of one repository. */
export interface ServiceRecord {
  readonly repository: string;
  readonly service: string;
  readonly main: readonly MainEntry[];
  readonly productions: ProductionRecord[];
  /** Positions and numbers that some production has had. */
  deliveredUpTo: number;
  readonly deliveredNumbers: Set<number>;
}

export interface Announced {
  readonly id: string;
  readonly revision: Revision;
  readonly finishedAt: number;
}

/**
 * Notes a success, and everything that follows from what the revision holds: deliveries, and the evidence that a
 * revert or hotfix in it gives against what was there before. Positions on the default branch are all that it looks
 * at; nobody walks a commit graph here, so that the truth cannot share a mistake with what it is compared with.
 */
export function recordDeployment(
  world: World,
  record: ServiceRecord,
  production: ProductionRecord,
  { id, revision, finishedAt }: Announced,
): Recorded {
  const before = production.history.at(-1);
  const isFirst = before === undefined;
  const { repository, service } = record;
  const recorded: Recorded = {
    revision,
    deployment: {
      repository,
      service,
      environment: production.environment,
      id,
      commitSha: revision.sha,
      finishedAt,
      isFirst,
      failure: null,
      isRework: false,
    },
    evidence: null,
  };
  production.history.push(recorded);
  world.truth.deployments.push(recorded.deployment);

  const carried = newlyCarried(record, production, revision);
  for (const entry of carried) {
    if (entry.number !== null) production.carriedBy.set(entry.number, recorded);
  }
  for (const entry of carried) {
    deliver(world, record, recorded, entry);
    if (!isFirst) weigh(production, recorded, before, entry);
  }
  production.carriedUpTo = Math.max(production.carriedUpTo, revision.position);
  record.deliveredUpTo = Math.max(record.deliveredUpTo, revision.position);
  return recorded;
}

/** What the environment has for the first time, of this service alone. */
function newlyCarried(record: ServiceRecord, production: ProductionRecord, revision: Revision): MainEntry[] {
  const entries = record.main.slice(production.carriedUpTo + 1, revision.position + 1);
  if (revision.hotfix) entries.push(revision.hotfix);
  return entries.filter((entry) => {
    const isKnown = entry.number !== null && production.carriedBy.has(entry.number);
    return entry.services.has(record.service) && !isKnown;
  });
}

function deliver(world: World, record: ServiceRecord, { deployment }: Recorded, entry: MainEntry): void {
  const { repository, service } = record;
  const position = record.main.indexOf(entry, record.deliveredUpTo + 1);
  const isDelivered = entry.number === null ? position === -1 : record.deliveredNumbers.has(entry.number);
  if (isDelivered) return;
  if (entry.number !== null) record.deliveredNumbers.add(entry.number);
  if (deployment.isFirst) return;
  const { firstAuthoredAt, sha, number } = entry;
  const delivery = {
    repository,
    service,
    deploymentId: deployment.id,
    firstAuthoredAt,
    deployedAt: deployment.finishedAt,
  };
  if (number === null) world.truth.directDeliveries.push({ ...delivery, sha });
  else world.truth.deliveries.push({ ...delivery, number });
}

function weigh(production: ProductionRecord, recorded: Recorded, before: Recorded, entry: MainEntry): void {
  const repairedAt = recorded.deployment.finishedAt;
  if (entry.reverts !== null) {
    const reverted = production.carriedBy.get(entry.reverts);
    if (reverted === undefined || reverted === recorded) return;
    recorded.deployment.isRework = true;
    if (!reverted.deployment.isFirst) {
      recordFailure(reverted, 'revert', {
        failedAt: reverted.deployment.finishedAt,
        recoveredAt: repairedAt,
      });
    }
  }
  if (entry.isHotfix) {
    recorded.deployment.isRework = true;
    recordFailure(before, 'hotfix', { failedAt: before.deployment.finishedAt, recoveredAt: repairedAt });
  }
}

/** An earlier revision was deployed again: `undone` is the first that it took out. */
export function recordRollback(undone: Recorded, rollback: Recorded): void {
  rollback.deployment.isRework = true;
  const times = { failedAt: undone.deployment.finishedAt, recoveredAt: rollback.deployment.finishedAt };
  recordFailure(undone, 'rollback', times);
}

/** The strongest evidence stands; the incident's number stays in any case. */
export function recordFailure(
  recorded: Recorded,
  evidence: Evidence,
  times: Pick<Failure, 'failedAt' | 'recoveredAt'>,
  incidentNumber: number | null = null,
): void {
  const standing = recorded.deployment.failure;
  const number = incidentNumber ?? standing?.incidentNumber ?? null;
  const isWeaker =
    recorded.evidence !== null && byStrength.indexOf(evidence) > byStrength.indexOf(recorded.evidence);
  if (standing && isWeaker) {
    recorded.deployment.failure = { ...standing, incidentNumber: number };
    return;
  }
  // Of two reverts the first is when the repair is known to have happened.
  if (standing && recorded.evidence === evidence && standing.recoveredAt !== null) return;
  recorded.evidence = evidence;
  const cause = evidence === 'named-incident' ? 'incident' : evidence;
  recorded.deployment.failure = { cause, incidentNumber: number, ...times };
}

/** Numbers of the pull requests that it brought to its production. */
export function changesOf(production: ProductionRecord, recorded: Recorded): number[] {
  return [...production.carriedBy].filter(([, by]) => by === recorded).map(([number]) => number);
}
