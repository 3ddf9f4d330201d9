import type { DeploymentGroup } from './deployment-group.ts';

/**
 * Kinds of evidence that a deployment failed, strongest first: a person's ruling, an incident that names it, what the
 * history shows, and an incident that is only close in time.
 */
export const evidenceByStrength = [
  'override',
  'incident',
  'rollback',
  'revert',
  'hotfix',
  'incident-window',
] as const;
export type Evidence = (typeof evidenceByStrength)[number];

const confidenceByStrength = ['high', 'medium', 'low'] as const;
export type Confidence = (typeof confidenceByStrength)[number];

/** One piece of evidence says: this deployment failed. Several may say so of the same one. */
export interface FailureClaim {
  /** Index of the deployment that failed, within its group. */
  readonly deployment: number;
  readonly evidence: Evidence;
  readonly confidence: Confidence;
  /** Milliseconds since 1970, UTC. */
  readonly failedAt: number;
  /** Null while the failure is open. */
  readonly recoveredAt: number | null;
  /** Index of the deployment that ended it; null where none did. */
  readonly recoveredBy: number | null;
}

/** What one kind of evidence found in a group. */
export interface Findings {
  readonly claims: readonly FailureClaim[];
  /** Deployments that are themselves a repair, whether or not it is known of which one. */
  readonly repairs: readonly number[];
}

/** Deployment `failed` was bad from its finish until `repair` had finished. */
export function repairedBy(
  group: DeploymentGroup,
  failed: number,
  repair: number,
  evidence: Evidence,
  confidence: Confidence,
): FailureClaim {
  return {
    deployment: failed,
    evidence,
    confidence,
    failedAt: group.deployments[failed]!.finishedAt,
    recoveredAt: group.deployments[repair]!.finishedAt,
    recoveredBy: repair,
  };
}

/**
 * The claim that stands for each deployment: the strongest evidence, within it the highest confidence, then the
 * earliest recovery. A deployment fails once, and the first repair is when the intervention is known to have happened.
 *
 * Where the strongest does not know how the failure ended, weaker evidence may: an incident that nobody closed is over
 * once the deployment was rolled back, and one that was closed can owe that to the repair before.
 */
export function strongestClaims(claims: Iterable<FailureClaim>): Map<number, FailureClaim> {
  const ofDeployment = new Map<number, FailureClaim[]>();
  for (const claim of claims) {
    const others = ofDeployment.get(claim.deployment);
    if (others === undefined) ofDeployment.set(claim.deployment, [claim]);
    else others.push(claim);
  }
  return new Map([...ofDeployment].map(([deployment, all]) => [deployment, settle(all)]));
}

function settle(claims: FailureClaim[]): FailureClaim {
  const [strongest, ...weaker] = claims.sort(compareStrength) as [FailureClaim, ...FailureClaim[]];
  if (strongest.recoveredBy !== null || weaker.length === 0) return strongest;
  // Out of force before the incident was opened: it was written down afterwards, and its dates are those of the paper.
  const outBefore = weaker.find(
    ({ evidence, recoveredAt }) => evidence === 'rollback' && recoveredAt! < strongest.failedAt,
  );
  if (outBefore) {
    const { evidence, confidence } = strongest;
    return { ...outBefore, evidence, confidence };
  }
  const ended = weaker.filter(({ recoveredAt }) => recoveredAt !== null && recoveredAt >= strongest.failedAt);
  const [first] = ended.sort((a, b) => compareRecovery(a.recoveredAt, b.recoveredAt));
  const recoveredAt = strongest.recoveredAt ?? first?.recoveredAt ?? null;
  const isByThen = first !== undefined && compareRecovery(first.recoveredAt, recoveredAt) <= 0;
  return { ...strongest, recoveredAt, recoveredBy: isByThen ? first.recoveredBy : null };
}

function compareStrength(a: FailureClaim, b: FailureClaim): number {
  return (
    evidenceByStrength.indexOf(a.evidence) - evidenceByStrength.indexOf(b.evidence) ||
    confidenceByStrength.indexOf(a.confidence) - confidenceByStrength.indexOf(b.confidence) ||
    compareRecovery(a.recoveredAt, b.recoveredAt) ||
    compareRecovery(a.recoveredBy, b.recoveredBy)
  );
}

/** Open is later than any recovery. */
function compareRecovery(a: number | null, b: number | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null ? -1 : a - b;
}
