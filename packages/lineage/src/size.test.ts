import { describe, expect, it } from 'vitest';
import { isAncestor } from './ancestry.ts';
import { type CommitGraph, graphFromParents } from './commit-graph.ts';
import { deploymentOutcomes } from './failures.ts';
import { firstDeployments } from './first-deployments.ts';
import { attributeToMerges } from './first-parent-walk.ts';
import { largeHistory } from './testing/large-history.ts';

const MILLION = 1_000_000;

/** Commit n has the parent n − 1. */
function chain(count: number): CommitGraph {
  const parentStart = Uint32Array.from({ length: count + 1 }, (_, commit) => Math.max(0, commit - 1));
  return graphFromParents(
    parentStart,
    Uint32Array.from({ length: count - 1 }, (_, commit) => commit),
  );
}

/** Pull requests within pull requests: odd commit n merges n − 1 into the root, even commit n continues n − 1. */
function nestedMerges(count: number): CommitGraph {
  const parents: number[] = [];
  const parentStart = [0, 0];
  for (let commit = 1; commit < count; commit++) {
    if (commit % 2 === 1 && commit > 1) parents.push(0);
    parents.push(commit - 1);
    parentStart.push(parents.length);
  }
  return graphFromParents(Uint32Array.from(parentStart), Uint32Array.from(parents));
}

describe('a million commits', () => {
  it('in one line need no stack', () => {
    const graph = chain(MILLION);
    expect(graph.generation[MILLION - 1]).toBe(MILLION);
    expect(isAncestor(graph, 0, MILLION - 1)).toBe(true);
    const first = firstDeployments(graph, [10, MILLION - 1]);
    expect([first[10], first[11], first[MILLION - 1]]).toEqual([0, 1, 1]);
    expect(attributeToMerges(graph, MILLION - 1, () => false)[5]).toBe(5);
  });

  it('in merges within merges need none either', () => {
    const graph = nestedMerges(MILLION);
    const owner = attributeToMerges(graph, MILLION - 1, (commit) => commit % 2 === 1);
    // The even commit below each merge belongs to it.
    expect([owner[2], owner[999_998], owner[999_999]]).toEqual([3, 999_999, 999_999]);
    expect(firstDeployments(graph, [MILLION - 1])[1]).toBe(0);
    expect(isAncestor(graph, 1, MILLION - 1)).toBe(true);
  });

  it('and twenty thousand deployments are done in well under a second', () => {
    const { graph, deployments, head, isLanding } = largeHistory({ commits: MILLION, deployments: 20_000 });
    const commits = deployments.map(({ commit }) => commit);
    const start = performance.now();
    const first = firstDeployments(graph, commits);
    expect(performance.now() - start).toBeLessThan(1000);
    expect(first[head]).toBe(19_999);
    expect(
      deploymentOutcomes(graph, deployments, [], first).filter((each) => each.isFailure).length,
    ).toBeGreaterThan(100);
    expect(attributeToMerges(graph, head, (commit) => isLanding[commit] === 1)[head]).toBe(head);
  });
});
