import type { CommitGraph } from './commit-graph.ts';

/** Answers many questions about one graph; keeps its working memory and its answers between them. */
export interface Ancestry {
  /** As `isAncestor` below. */
  isAncestor(a: number, b: number): boolean;
}

/**
 * Whether commit `a` is `b` or in its history, as `git merge-base --is-ancestor a b` says it. A commit that is not
 * at hand (-1) is nobody's ancestor and has none. One question allocates memory for the whole graph: for many of
 * them use `createAncestry`.
 */
export function isAncestor(graph: CommitGraph, a: number, b: number): boolean {
  return createAncestry(graph).isAncestor(a, b);
}

export function createAncestry(graph: CommitGraph): Ancestry {
  const { count, generation, parentStart, parents } = graph;
  const answers = new Map<number, boolean>();
  let seenInRound: Uint32Array | undefined;
  let round = 0;

  function walk(a: number, b: number): boolean {
    seenInRound ??= new Uint32Array(count);
    round += 1;
    const floor = generation[a]!;
    const open = [b];
    for (let commit = open.pop(); commit !== undefined; commit = open.pop()) {
      for (let edge = parentStart[commit]!; edge < parentStart[commit + 1]!; edge++) {
        const parent = parents[edge]!;
        if (parent === a) return true;
        // At or below the generation of `a` nothing but `a` itself can lead to it.
        if (generation[parent]! <= floor || seenInRound[parent] === round) continue;
        seenInRound[parent] = round;
        open.push(parent);
      }
    }
    return false;
  }

  return {
    isAncestor(a, b) {
      if (a < 0 || b < 0) return false;
      if (a === b) return true;
      if (generation[a]! >= generation[b]!) return false;
      // Two lines that are deployed in turn ask the same expensive question each time.
      const question = a * count + b;
      let answer = answers.get(question);
      if (answer === undefined) {
        answer = walk(a, b);
        answers.set(question, answer);
      }
      return answer;
    },
  };
}
