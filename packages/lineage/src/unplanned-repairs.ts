import type { DeploymentGroup } from './deployment-group.ts';
import type { FailureClaim } from './failure-claim.ts';

/**
 * Deployments that nobody had planned and that answer a failure: one that had begun and was not over, or, where it was
 * over (a flag was switched off, and the fix came next day), one that no planned deployment has come after yet.
 *
 * @param repairs what the history shows to be repairs; they part no failure from its next repair
 */
export function findUnplannedRepairs(
  { deployments }: DeploymentGroup,
  failures: ReadonlyMap<number, FailureClaim>,
  repairs: readonly number[],
): number[] {
  const isRepair = new Set(repairs);
  const found: number[] = [];
  let open: FailureClaim[] = [];
  let sincePlanned: FailureClaim[] = [];
  for (const [index, { finishedAt, isUnplanned = false }] of deployments.entries()) {
    open = open.filter(({ recoveredAt }) => recoveredAt === null || recoveredAt >= finishedAt);
    const hasBegun = ({ failedAt }: FailureClaim): boolean => failedAt <= finishedAt;
    if (isUnplanned && (open.some(hasBegun) || sincePlanned.some(hasBegun))) found.push(index);
    if (!isUnplanned && !isRepair.has(index)) sincePlanned = [];
    const failure = failures.get(index);
    if (failure === undefined) continue;
    open.push(failure);
    sincePlanned.push(failure);
  }
  return found;
}
