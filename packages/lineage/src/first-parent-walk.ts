import type { CommitGraph } from './commit-graph.ts';

const NOBODY = -1;

/**
 * Says which commit each commit belongs to, when nothing but git is known: a pull request's merge owns what it
 * brought in.
 *
 * The first-parent line of `head` is walked from its root up. A commit brings in what its other parents reach and
 * nothing earlier had; that set is walked the same way, along the first-parent line of each other parent. An own
 * change owns itself and what it brought in; where `mayHold` says so (a pull request from an integration branch), the
 * own changes in there keep what is theirs. Everything else owns itself. So a merge that is no pull
 * request hides none, even one that has the real mainline as its second parent.
 *
 * Linear in commits and edges, and without recursion.
 *
 * @param head        the tip of the default branch; -1 where it is not at hand
 * @param isOwnChange whether a commit is the landing of a change ("Merge pull request #N")
 * @param mayHold     whether what an own change brought in can hold this other own change
 * @returns per commit its owner; -1 = not in the history of `head`
 */
export function attributeToMerges(
  graph: CommitGraph,
  head: number,
  isOwnChange: (commit: number) => boolean,
  mayHold: (ownChange: number, inner: number) => boolean = () => true,
): Int32Array {
  const { count, parentStart, parents } = graph;
  const owner = new Int32Array(count).fill(NOBODY);
  const broughtInBy = new Int32Array(count);
  const nextEdge = new Uint32Array(count);
  const open: number[] = [];

  // From the tip down to what is taken already; the oldest commit lies on top and is looked into first, so that
  // "not taken yet" is at every commit the same as "not in the history of its first parent".
  function enterLine(tip: number, lineOwner: number): void {
    for (let commit = tip; owner[commit] === NOBODY;) {
      const isOwn = isOwnChange(commit) && (lineOwner === NOBODY || mayHold(lineOwner, commit));
      const changeOwner = isOwn ? commit : lineOwner;
      owner[commit] = changeOwner === NOBODY ? commit : changeOwner;
      broughtInBy[commit] = changeOwner;
      open.push(commit);
      const start = parentStart[commit]!;
      nextEdge[commit] = start + 1;
      if (start === parentStart[commit + 1]) return;
      commit = parents[start]!;
    }
  }

  if (head >= 0) enterLine(head, NOBODY);
  for (let commit = open.at(-1); commit !== undefined; commit = open.at(-1)) {
    const edge = nextEdge[commit]!;
    if (edge < parentStart[commit + 1]!) {
      nextEdge[commit] = edge + 1;
      enterLine(parents[edge]!, broughtInBy[commit]!);
    } else {
      open.pop();
    }
  }
  return owner;
}
