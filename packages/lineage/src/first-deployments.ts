import type { CommitGraph } from './commit-graph.ts';

/**
 * Which deployment first carried each commit.
 *
 * A deployment carries the whole history of its commit, so the first one to carry a commit is the first in order
 * whose commit has it in its history. Every commit and edge is looked at once, whatever the number of deployments.
 *
 * @param deployedCommits the commit of each deployment of one service and environment, in the order of
 *   `byTimeThenRef`; -1 where the revision is not at hand
 * @returns per commit the index of that deployment; -1 = not deployed yet. What a baseline carried (see
 *   `deploymentBasis`) was carried by then, not necessarily first.
 */
export function firstDeployments(graph: CommitGraph, deployedCommits: ArrayLike<number>): Int32Array {
  const { count, parentStart, parents } = graph;
  const first = new Int32Array(count).fill(-1);
  const open: number[] = [];
  for (let deployment = 0; deployment < deployedCommits.length; deployment++) {
    const deployed = deployedCommits[deployment]!;
    if (first[deployed] !== -1) continue;
    first[deployed] = deployment;
    open.push(deployed);
    for (let commit = open.pop(); commit !== undefined; commit = open.pop()) {
      for (let edge = parentStart[commit]!; edge < parentStart[commit + 1]!; edge++) {
        const parent = parents[edge]!;
        // What is marked was walked with everything behind it.
        if (first[parent] !== -1) continue;
        first[parent] = deployment;
        open.push(parent);
      }
    }
  }
  return first;
}
