import type { CommitGraph } from './commit-graph.ts';
import { deploymentGroup, type GroupDeployment } from './deployment-group.ts';
import { type Confidence, type Evidence, strongestClaims } from './failure-claim.ts';
import { firstDeployments } from './first-deployments.ts';
import { findHotfixes } from './hotfixes.ts';
import { findReverts, type RevertPair } from './reverts.ts';
import { findRollbacks } from './rollbacks.ts';

/** What is known of one deployment. Instants are milliseconds since 1970, UTC. */
export interface Outcome {
  /** It needed an intervention (DORA's change fail rate counts these). */
  readonly isFailure: boolean;
  /** The strongest evidence for that; null without a failure, like the four below. */
  readonly evidence: Evidence | null;
  readonly confidence: Confidence | null;
  readonly failedAt: number | null;
  /** Null while the failure is open. Never before `failedAt`. */
  readonly recoveredAt: number | null;
  /** Index in the group of the deployment that ended it. */
  readonly recoveredBy: number | null;
  /** It is itself a repair: it rolled back, or carried a revert of something deployed before, or a hotfix. */
  readonly isRework: boolean;
  /** A rollback took it back out, whether it or one before it is charged with the failure. */
  readonly isUndone: boolean;
  /** Nobody knows since when its commits were in production; see `DeploymentBasis`. */
  readonly isBaseline: boolean;
}

/**
 * Which deployments of one service and environment failed, by what evidence, when and by which deployment they
 * recovered, and which are rework. Evidence is what the deployments and commits show themselves; where there is
 * none, "no failure" only means that none is known.
 *
 * @param deployments successful ones only, in the order of `byTimeThenRef`
 * @param reverts     who took back what, in any order; in a monorepo only those of this service
 * @param first       the result of `firstDeployments` for the same deployments, where it is at hand
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
): Outcome[] {
  assertInOrder(deployments);
  const group = deploymentGroup(graph, deployments, first);
  const rollbacks = findRollbacks(group);
  const findings = [rollbacks, findReverts(group, reverts), findHotfixes(group, rollbacks)];

  const failures = strongestClaims(findings.flatMap(({ claims }) => claims));
  const repairs = new Set(findings.flatMap((each) => each.repairs));
  return deployments.map((_, index) => {
    const failure = failures.get(index);
    return {
      isFailure: failure !== undefined,
      evidence: failure?.evidence ?? null,
      confidence: failure?.confidence ?? null,
      failedAt: failure?.failedAt ?? null,
      recoveredAt: failure?.recoveredAt ?? null,
      recoveredBy: failure?.recoveredBy ?? null,
      isRework: repairs.has(index),
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
