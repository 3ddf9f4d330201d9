import { buildCommitGraph, type CommitGraph } from '../commit-graph.ts';

export interface NamedHistory {
  readonly graph: CommitGraph;
  /** The index of a commit; -1 for `?`, a revision that is not at hand. */
  readonly at: (name: string) => number;
  readonly nameOf: (commit: number) => string;
}

/**
 * A history to be worked out by hand: `namedHistory('V1', 'V2 V1', 'M V2 P')` has a root V1, V2 on top of it, and
 * M with the parents V2 and P. A parent without a line of its own is a root.
 */
export function namedHistory(...lines: readonly string[]): NamedHistory {
  const rows = lines.map((line) => line.split(' ')).map(([sha = '', ...parents]) => ({ sha, parents }));
  const listed = new Set(rows.map(({ sha }) => sha));
  const roots = new Set(rows.flatMap(({ parents }) => parents).filter((sha) => !listed.has(sha)));
  for (const sha of roots) rows.push({ sha, parents: [] });
  const { graph, indexOf } = buildCommitGraph(rows);
  const names = [...indexOf.keys()];
  return {
    graph,
    at(name) {
      const commit = name === '?' ? -1 : indexOf.get(name);
      if (commit === undefined) throw new Error(`no commit is called ${name}`);
      return commit;
    },
    nameOf: (commit) => names[commit] ?? '?',
  };
}
