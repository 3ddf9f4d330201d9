import type { DeploymentGroup } from './deployment-group.ts';
import type { FailureClaim, Findings } from './failure-claim.ts';

/** What is said of the deployments of a group, beside what their history shows. */
export interface Testimony {
  /** Of incidents; at most one of a kind per deployment. */
  readonly claims: readonly FailureClaim[];
  /** By index, what a person ruled: it was a failure, or it was none. */
  readonly rulings: ReadonlyMap<number, boolean>;
}

export const nothingTold: Testimony = { claims: [], rulings: new Map() };

/**
 * Takes out what a person ruled to be no failure, and with it the repairs that repaired nothing else. A repair of
 * which nobody knows what it repaired stays one.
 */
export function acquit({ claims, repairs }: Findings, { rulings }: Testimony): Findings {
  const isAcquitted = ({ deployment }: FailureClaim): boolean => rulings.get(deployment) === false;
  const standing = claims.filter((claim) => !isAcquitted(claim));
  const stillRepairs = new Set(standing.map(({ recoveredBy }) => recoveredBy));
  const repairedNothing = new Set(claims.filter(isAcquitted).map(({ recoveredBy }) => recoveredBy));
  return {
    claims: standing,
    repairs: repairs.filter((repair) => stillRepairs.has(repair) || !repairedNothing.has(repair)),
  };
}

/** Adds what a person ruled to be a failure. When it began and ended is told by other evidence, else nobody knows its end. */
export function convict(
  { deployments }: DeploymentGroup,
  failures: ReadonlyMap<number, FailureClaim>,
  { rulings }: Testimony,
): Map<number, FailureClaim> {
  const all = new Map(failures);
  for (const [deployment, isFailure] of rulings) {
    const finished = deployments[deployment];
    if (!isFailure || finished === undefined) continue;
    const dates = failures.get(deployment) ?? {
      deployment,
      failedAt: finished.finishedAt,
      recoveredAt: null,
      recoveredBy: null,
    };
    all.set(deployment, { ...dates, evidence: 'override', confidence: 'high' });
  }
  return all;
}
