import type { DeploymentGroup } from './deployment-group.ts';
import { type FailureClaim, type Findings, repairedBy } from './failure-claim.ts';

export interface Rollbacks extends Findings {
  /** Per deployment 1 where a later one took it back out; the one that is charged is among them. */
  readonly isUndone: Uint8Array;
}

/**
 * A rollback deploys again the revision of an earlier deployment, while the one in force is not in that revision's
 * history. Going forward again after a rollback is therefore none, nor is deploying twice in a row (an alias tag, a
 * retry), nor deploying an old commit for the first time (a tag put on it later).
 *
 * It undoes what was deployed since and is not in the revision's history. Only the first of these is charged, and
 * not what an earlier rollback had undone: V1, V2, V3, V1 is one failure, of V2.
 */
export function findRollbacks(group: DeploymentGroup): Rollbacks {
  const { deployments, ancestry } = group;
  const claims: FailureClaim[] = [];
  const repairs: number[] = [];
  const isUndone = new Uint8Array(deployments.length);
  const latestOf = new Map<number, number>();

  for (const [index, { commit }] of deployments.entries()) {
    if (commit < 0) continue;
    const earlier = latestOf.get(commit);
    latestOf.set(commit, index);
    if (earlier === undefined) continue;

    const inForce = deployments[index - 1]!.commit;
    // Without the revision in force nobody knows whether it was left forwards or backwards.
    if (inForce < 0 || ancestry.isAncestor(inForce, commit)) continue;

    const undone: number[] = [];
    for (let between = earlier + 1; between < index; between++) {
      const other = deployments[between]!.commit;
      if (other < 0 || isUndone[between] === 1 || ancestry.isAncestor(other, commit)) continue;
      isUndone[between] = 1;
      undone.push(between);
    }
    // Never empty: the one in force cannot have been undone before.
    claims.push(repairedBy(group, undone[0]!, index, 'rollback', 'high'));
    repairs.push(index);
  }
  return { claims, repairs, isUndone };
}
