import type { DeploymentGroup } from './deployment-group.ts';
import { type FailureClaim, type Findings, repairedBy } from './failure-claim.ts';

/** A commit and the one that took it back. For a pull request, the merge commit (or squash commit) stands for it. */
export interface RevertPair {
  /** Index of the commit in the graph; -1 where it is not at hand. */
  readonly reverted: number;
  readonly revert: number;
  /** True where the revert does not name the change by sha or number, and the caller found it by its title. */
  readonly isGuess?: boolean;
}

/**
 * A deployment failed when a later one carried the revert of a change that it had been the first to carry.
 *
 * Nothing is claimed
 * - where both were first carried by the same deployment: production never ran the one without the other;
 * - where a baseline carried the change: which deployment really brought it is not known (the revert still makes
 *   its deployment a repair);
 * - where a revert is taken back: landing a change again is no failure of the deployment that had reverted it. The
 *   re-landed change can fail again;
 * - where the change is not in the revert's own history: it names the original of a cherry-pick, and what it took
 *   back is the copy on its own line.
 */
export function findReverts(group: DeploymentGroup, pairs: readonly RevertPair[]): Findings {
  const { first, isBaseline } = group;
  const ordered = pairsInHistory(group, pairs);
  const takesChangeBack = revertsOfChanges(ordered);
  const isUndoneAtOnce = revertedByTheSameDeployment(ordered, first);

  const claims: FailureClaim[] = [];
  const repairs: number[] = [];
  for (const { reverted, revert, isGuess = false } of ordered) {
    const failed = first[reverted]!;
    const repair = first[revert]!;
    // The change is in the revert's history, so it was carried before: with it is "at once" and left out here.
    if (repair === -1) continue;
    if (takesChangeBack.has(reverted) || isUndoneAtOnce.has(reverted) || isUndoneAtOnce.has(revert)) continue;
    repairs.push(repair);
    if (isBaseline[failed] === 1) continue;
    claims.push(repairedBy(group, failed, repair, 'revert', isGuess ? 'low' : 'medium'));
  }
  return { claims, repairs };
}

/** Oldest revert first. This order makes each chain of reverts solvable in one pass, and cycles impossible. */
function pairsInHistory({ graph, ancestry }: DeploymentGroup, pairs: readonly RevertPair[]): RevertPair[] {
  return pairs
    .filter(({ reverted, revert }) => reverted !== revert && ancestry.isAncestor(reverted, revert))
    .sort((a, b) => graph.generation[a.revert]! - graph.generation[b.revert]!);
}

/** The commits that take a change out, as opposed to those that bring one back by reverting such a commit. */
function revertsOfChanges(ordered: readonly RevertPair[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const { reverted, revert } of ordered) {
    if (!found.has(reverted)) found.add(revert);
  }
  return found;
}

/** The commits that never had an effect on their own: the deployment that brought them also brought their revert. */
function revertedByTheSameDeployment(ordered: readonly RevertPair[], first: Int32Array): ReadonlySet<number> {
  const found = new Set<number>();
  for (const { reverted, revert } of ordered.toReversed()) {
    if (first[reverted] === first[revert] && !found.has(revert)) found.add(reverted);
  }
  return found;
}
