import type { CommitGraph } from './commit-graph.ts';

/** What the deployments of one service and environment continue. One entry per deployment. */
export interface DeploymentBasis {
  /**
   * 1 for a baseline: a deployment that builds on nothing deployed before, so that nobody knows since when its
   * commits were in production. It is the first deployment (together with those before it whose revision is not at
   * hand), and the first one of another root: after a rewritten history everything would look newly deployed.
   */
  readonly isBaseline: Uint8Array;
  /**
   * The latest earlier deployment whose newly carried commits this one's new commits continue; -1 = none.
   * Never a baseline: what that one newly carried is not known.
   */
  readonly builtOn: Int32Array;
}

/**
 * @param deployedCommits as for `firstDeployments`
 * @param first its result
 */
export function deploymentBasis(
  graph: CommitGraph,
  deployedCommits: ArrayLike<number>,
  first: Int32Array,
): DeploymentBasis {
  const count = deployedCommits.length;
  const continuesEarlier = new Uint8Array(count);
  forEachStep(graph, first, (deployment) => {
    continuesEarlier[deployment] = 1;
  });

  const isBaseline = new Uint8Array(count);
  let isAnythingKnown = false;
  for (let deployment = 0; deployment < count; deployment++) {
    const commit = deployedCommits[deployment]!;
    const isNewRoot = first[commit] === deployment && continuesEarlier[deployment] === 0;
    if (!isAnythingKnown || isNewRoot) isBaseline[deployment] = 1;
    isAnythingKnown ||= commit >= 0;
  }

  const builtOn = new Int32Array(count).fill(-1);
  forEachStep(graph, first, (deployment, before) => {
    if (before > builtOn[deployment]! && isBaseline[before] === 0) builtOn[deployment] = before;
  });
  return { isBaseline, builtOn };
}

/** Visits every place where a commit of one deployment stands on a commit that an earlier one carried first. */
function forEachStep(
  { count, parentStart, parents }: CommitGraph,
  first: Int32Array,
  visit: (deployment: number, before: number) => void,
): void {
  for (let commit = 0; commit < count; commit++) {
    const deployment = first[commit]!;
    if (deployment === -1) continue;
    for (let edge = parentStart[commit]!; edge < parentStart[commit + 1]!; edge++) {
      const before = first[parents[edge]!]!;
      if (before !== deployment) visit(deployment, before);
    }
  }
}
