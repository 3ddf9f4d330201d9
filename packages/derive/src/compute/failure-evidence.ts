import { nameMatcher } from '@bellwether/core';
import type { RevertPair } from '@bellwether/lineage';
import type { ChangeDeployment } from './change-deployments.ts';
import type { History } from './history.ts';
import type { ReleaseLine } from './release-line.ts';
import type { ResolvedReverts } from './reverts.ts';

export interface EvidenceInput {
  history: History;
  /** Of the line in question only. */
  changeDeployments: readonly ChangeDeployment[];
  reverts: ResolvedReverts;
  hotfixBranches: readonly string[];
  hotfixLabels: readonly string[];
  /** Whatever the line carries is its own: there is no other service it could belong to. */
  isOnlyService: boolean;
}

/**
 * Who took back what, as far as it concerns one line: in a monorepo only what belongs to this very service, because its
 * other releases merely carry the commits along. Where which service a change belongs to is a guess, so is the charge.
 */
export function revertPairs({ changeDeployments, reverts, isOnlyService }: EvidenceInput): RevertPair[] {
  const attribution = new Map(changeDeployments.map(({ change, row }) => [change, row.attribution]));
  const ofChanges = reverts.reverts
    .filter(({ original }) => attribution.has(original))
    .map(({ original, revert }) => ({
      reverted: original.merge,
      revert: revert.merge,
      isGuess: attribution.get(original) === 'first-deployment',
    }));
  return isOnlyService ? [...ofChanges, ...reverts.offBranch] : ofChanges;
}

/**
 * The releases that first carried a hotfix: a change from such a branch or with such a label, or a branch that was
 * merged without a pull request, as git-flow does. What the fix itself brought decides, not its merge back into the default branch.
 *
 * @returns positions in the line
 */
export function hotfixReleases(line: ReleaseLine, input: EvidenceInput): ReadonlySet<number> {
  const matches = nameMatcher(input.hotfixBranches);
  const isHotfix = (branch: string | null): boolean => branch !== null && matches(branch);
  const isLabel = nameMatcher(input.hotfixLabels);
  const positions = new Set(
    input.changeDeployments
      .filter(({ row }) => !row.is_baseline)
      .filter(
        ({ change }) => isHotfix(change.row.head_branch) || change.pullRequest?.labels.some(isLabel) === true,
      )
      .map(({ position }) => position),
  );
  if (!input.isOnlyService) return positions;
  for (const { number, head_branch, parents } of input.history.commits) {
    const tip =
      number === null && isHotfix(head_branch) ? input.history.indexOf.get(parents[1] ?? '') : undefined;
    const position = tip === undefined ? -1 : (line.firstRelease[tip] ?? -1);
    if (position !== -1 && line.isFreshStart[position] !== 1) positions.add(position);
  }
  return positions;
}
