import type { DeploymentGroup } from './deployment-group.ts';
import { type FailureClaim, type Findings, repairedBy } from './failure-claim.ts';
import type { Rollbacks } from './rollbacks.ts';

/**
 * A hotfix says that the deployment it was built on was bad: usually the one directly before, on a maintenance line
 * the latest of that line. It is only a naming convention, so the confidence is low.
 *
 * No second failure is claimed where a rollback has told already: neither of what it undid nor of itself. What a
 * baseline carries is old, so it repairs nothing; but a baseline can be charged, since it was in force.
 */
export function findHotfixes(group: DeploymentGroup, rollbacks: Rollbacks): Findings {
  const { deployments, first, isBaseline } = group;
  const claims: FailureClaim[] = [];
  const repairs: number[] = [];
  const isRollback = new Set(rollbacks.repairs);

  for (const [index, { commit, hasHotfix }] of deployments.entries()) {
    if (hasHotfix !== true || first[commit] !== index || isBaseline[index] === 1) continue;
    repairs.push(index);
    const repaired = deploymentBuiltOn(group, index);
    if (repaired === -1) continue;
    const failed = firstOfRun(group, repaired);
    if (rollbacks.isUndone[failed] === 1 || isRollback.has(failed)) continue;
    claims.push(repairedBy(group, failed, index, 'hotfix', 'low'));
  }
  return { claims, repairs };
}

/**
 * The latest earlier deployment whose revision is in this one's history, or whose newly carried commits this one
 * continues (releases are often built on side branches, and then no revision is in the history of the next). The
 * second way does not hold for a baseline, which did not newly carry anything that is known. -1 = none.
 */
function deploymentBuiltOn(
  { deployments, first, builtOn, isBaseline, ancestry }: DeploymentGroup,
  index: number,
): number {
  const continued = builtOn[index]!;
  for (let before = index - 1; before >= 0; before--) {
    if (before === continued) return before;
    const commit = deployments[before]!.commit;
    // Were it in the history, its own new commits would be continued.
    if (before > continued && first[commit] === before && isBaseline[before] === 0) continue;
    if (ancestry.isAncestor(commit, deployments[index]!.commit)) return before;
  }
  return -1;
}

/** Alias tags and retries deploy a revision again at once: the first of them put it in force. */
function firstOfRun({ deployments }: DeploymentGroup, index: number): number {
  let start = index;
  while (start > 0 && deployments[start - 1]!.commit === deployments[index]!.commit) start -= 1;
  return start;
}
