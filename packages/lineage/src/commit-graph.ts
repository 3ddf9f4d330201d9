/**
 * A history as typed arrays: commits are numbers from 0, the parents of commit `c` are
 * `parents[parentStart[c]]` up to, not including, `parents[parentStart[c + 1]]`, first parent first.
 * Children and parents may stand in any order.
 */
export interface CommitGraph {
  readonly count: number;
  /** Length `count + 1`. */
  readonly parentStart: Uint32Array;
  readonly parents: Uint32Array;
  /** 1 for a root, else one more than the highest parent's; so an ancestor's is always lower. */
  readonly generation: Uint32Array;
}

export interface CommitRow {
  readonly sha: string;
  /** In the order that git lists them: the first is the branch that was merged into. */
  readonly parents: readonly string[];
}

export interface BuiltCommitGraph {
  readonly graph: CommitGraph;
  /** The number of a commit: its place among the rows, repeated shas not counted. */
  readonly indexOf: ReadonlyMap<string, number>;
  /** Parents that were named but not handed in, each once: the edge of a shallow clone or of a partial collection. */
  readonly missingParents: readonly string[];
}

/**
 * Builds the graph from rows in any order. A sha that comes twice counts once, as first seen. A parent that is not
 * at hand is dropped and reported; where the first parent is missing, the next one takes its place.
 *
 * @throws Error when commits are their own ancestors, which no git history can contain
 */
export function buildCommitGraph(commits: readonly CommitRow[]): BuiltCommitGraph {
  const indexOf = new Map<string, number>();
  const rows: CommitRow[] = [];
  let edges = 0;
  for (const commit of commits) {
    if (indexOf.has(commit.sha)) continue;
    indexOf.set(commit.sha, rows.length);
    rows.push(commit);
    edges += commit.parents.length;
  }

  const parentStart = new Uint32Array(rows.length + 1);
  const parents = new Uint32Array(edges);
  const missing = new Set<string>();
  let next = 0;
  for (const [index, row] of rows.entries()) {
    for (const sha of row.parents) {
      const parent = indexOf.get(sha);
      if (parent === undefined) missing.add(sha);
      else parents[next++] = parent;
    }
    parentStart[index + 1] = next;
  }
  return {
    graph: graphFromParents(parentStart, parents.slice(0, next)),
    indexOf,
    missingParents: [...missing],
  };
}

/**
 * Completes a graph whose parent lists already are typed arrays (see `CommitGraph`).
 *
 * @throws Error when a parent is out of range or a commit is its own ancestor
 */
export function graphFromParents(parentStart: Uint32Array, parents: Uint32Array): CommitGraph {
  const count = parentStart.length - 1;
  return { count, parentStart, parents, generation: generations(count, parentStart, parents) };
}

function generations(count: number, parentStart: Uint32Array, parents: Uint32Array): Uint32Array {
  const openChildren = new Uint32Array(count);
  for (const parent of parents) {
    if (parent >= count) throw new Error(`commit graph: parent ${parent} is not among the ${count} commits`);
    openChildren[parent]! += 1;
  }

  const newestFirst = new Uint32Array(count);
  let length = 0;
  for (let commit = 0; commit < count; commit++) {
    if (openChildren[commit] === 0) newestFirst[length++] = commit;
  }
  for (let at = 0; at < length; at++) {
    const commit = newestFirst[at]!;
    for (let edge = parentStart[commit]!; edge < parentStart[commit + 1]!; edge++) {
      const parent = parents[edge]!;
      openChildren[parent]! -= 1;
      if (openChildren[parent] === 0) newestFirst[length++] = parent;
    }
  }
  if (length < count) throw new Error(`commit graph: ${count - length} commits lie on or behind a cycle`);

  const generation = new Uint32Array(count);
  for (let at = count - 1; at >= 0; at--) {
    const commit = newestFirst[at]!;
    let highest = 0;
    for (let edge = parentStart[commit]!; edge < parentStart[commit + 1]!; edge++) {
      highest = Math.max(highest, generation[parents[edge]!]!);
    }
    generation[commit] = highest + 1;
  }
  return generation;
}
