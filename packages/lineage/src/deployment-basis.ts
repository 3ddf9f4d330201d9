import type { CommitGraph } from './commit-graph.ts';

/** What the deployments of one service and environment continue. One entry per deployment. */
export interface DeploymentBasis {
  /** The latest earlier deployment whose newly carried commits this one's new commits continue; -1 = none. */
  readonly builtOn: Int32Array;
  /**
   * 1 for a baseline: a deployment that builds on nothing deployed before, so that nobody knows since when its
   * commits were in production. It is the first deployment (together with those before it whose revision is not at
   * hand), and the first one of another root: after a rewritten history everything would look newly deployed.
   */
  readonly isBaseline: Uint8Array;
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
  const { count, parentStart, parents } = graph;
  const builtOn = new Int32Array(deployedCommits.length).fill(-1);
  for (let commit = 0; commit < count; commit++) {
    const deployment = first[commit]!;
    if (deployment === -1) continue;
    for (let edge = parentStart[commit]!; edge < parentStart[commit + 1]!; edge++) {
      const before = first[parents[edge]!]!;
      if (before !== deployment && before > builtOn[deployment]!) builtOn[deployment] = before;
    }
  }

  const isBaseline = new Uint8Array(deployedCommits.length);
  let isAnythingKnown = false;
  for (let deployment = 0; deployment < deployedCommits.length; deployment++) {
    const commit = deployedCommits[deployment]!;
    const isNewRoot = first[commit] === deployment && builtOn[deployment] === -1;
    if (!isAnythingKnown || isNewRoot) isBaseline[deployment] = 1;
    isAnythingKnown ||= commit >= 0;
  }
  return { builtOn, isBaseline };
}
