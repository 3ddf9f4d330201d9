import type { CommitGraph } from './commit-graph.ts';
import { deploymentGroup, type GroupDeployment } from './deployment-group.ts';
import { type Confidence, type Evidence, type Findings, strongestClaims } from './failure-claim.ts';
import { firstDeployments } from './first-deployments.ts';
import { findHotfixes } from './hotfixes.ts';
import { findReverts, type RevertPair } from './reverts.ts';
import { findRollbacks } from './rollbacks.ts';
import { acquit, convict, nothingTold, type Testimony } from './testimony.ts';
import { findUnplannedRepairs } from './unplanned-repairs.ts';

/** What is known of one deployment. Instants are milliseconds since 1970, UTC. */
export interface Outcome {
  /** It needed an intervention (DORA's change fail rate counts these). */
  readonly isFailure: boolean;
  /**
   * The strongest evidence for that; null without a failure, like the four below. Only a person's ruling that it was
   * none stands here as well, with its confidence.
   */
  readonly evidence: Evidence | null;
  readonly confidence: Confidence | null;
  readonly failedAt: number | null;
  /** Null while the failure is open. Never before `failedAt`. */
  readonly recoveredAt: number | null;
  /** Index in the group of the deployment that ended it. */
  readonly recoveredBy: number | null;
  /**
   * It is itself a repair: it rolled back, or carried a revert of something deployed before, or a hotfix, or nobody
   * had planned it and it follows a failure.
   */
  readonly isRework: boolean;
  /** A rollback took it back out, whether it or one before it is charged with the failure. */
  readonly isUndone: boolean;
  /** Nobody knows since when its commits were in production; see `DeploymentBasis`. */
  readonly isBaseline: boolean;
}

/**
 * Which deployments of one service and environment failed, by what evidence, when and by which deployment they
 * recovered, and which are rework. Evidence is what the deployments and commits show themselves and what `told` adds;
 * where there is none, "no failure" only means that none is known.
 *
 * @param deployments successful ones only, in the order of `byTimeThenRef`
 * @param reverts     who took back what, in any order; in a monorepo only those of this service
 * @param first       the result of `firstDeployments` for the same deployments, where it is at hand
 * @param told        what incidents and people say, which no history shows
 * @throws RangeError when the deployments are not in order of time
 */
export function deploymentOutcomes(
  graph: CommitGraph,
  deployments: readonly GroupDeployment[],
  reverts: readonly RevertPair[],
  first: Int32Array = firstDeployments(
    graph,
    deployments.map((deployment) => deployment.commit),
  ),
  told: Testimony = nothingTold,
): Outcome[] {
  assertInOrder(deployments);
  const group = deploymentGroup(graph, deployments, first);
  const rollbacks = findRollbacks(group);
  const shown = [rollbacks, findReverts(group, reverts), findHotfixes(group, rollbacks)];
  const findings: Findings = {
    claims: [...told.claims, ...shown.flatMap(({ claims }) => claims)],
    repairs: shown.flatMap(({ repairs }) => repairs),
  };

  const { claims, repairs } = acquit(findings, told);
  const failures = convict(group, strongestClaims(claims), told);
  const isRework = new Set([...repairs, ...findUnplannedRepairs(group, failures, repairs)]);
  return deployments.map((_, index) => {
    const failure = failures.get(index);
    const isAcquitted = told.rulings.get(index) === false;
    return {
      isFailure: failure !== undefined,
      evidence: isAcquitted ? 'override' : (failure?.evidence ?? null),
      confidence: isAcquitted ? 'high' : (failure?.confidence ?? null),
      failedAt: failure?.failedAt ?? null,
      recoveredAt: failure?.recoveredAt ?? null,
      recoveredBy: failure?.recoveredBy ?? null,
      isRework: isRework.has(index),
      isUndone: rollbacks.isUndone[index] === 1,
      isBaseline: group.isBaseline[index] === 1,
    };
  });
}

function assertInOrder(deployments: readonly GroupDeployment[]): void {
  for (let index = 1; index < deployments.length; index++) {
    // Written so that NaN is out of order too.
    if (deployments[index - 1]!.finishedAt <= deployments[index]!.finishedAt) continue;
    throw new RangeError(
      `deployment ${index} finished before the one that comes ahead of it; sort by byTimeThenRef`,
    );
  }
}
