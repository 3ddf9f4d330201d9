import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCommitGraph, graphFromParents } from './commit-graph.ts';
import { naiveHistories } from './testing/naive-lineage.ts';
import { randomHistory } from './testing/random-history.ts';

describe('buildCommitGraph', () => {
  it('keeps the order of parents, whatever the order of rows', () => {
    const { graph, indexOf } = buildCommitGraph([
      { sha: 'merge', parents: ['main', 'feature'] },
      { sha: 'feature', parents: ['root'] },
      { sha: 'root', parents: [] },
      { sha: 'main', parents: ['root'] },
    ]);
    expect([...indexOf]).toEqual([
      ['merge', 0],
      ['feature', 1],
      ['root', 2],
      ['main', 3],
    ]);
    expect([...graph.parentStart]).toEqual([0, 2, 3, 3, 4]);
    expect([...graph.parents]).toEqual([3, 1, 2, 2]);
    expect([...graph.generation]).toEqual([3, 2, 1, 2]);
  });

  it('drops the parents that a shallow clone does not have, and names each once', () => {
    const { graph, missingParents } = buildCommitGraph([
      { sha: 'a', parents: ['gone'] },
      { sha: 'b', parents: ['a', 'gone', 'lost'] },
    ]);
    expect(missingParents).toEqual(['gone', 'lost']);
    expect([...graph.parentStart]).toEqual([0, 0, 1]);
    expect([...graph.parents]).toEqual([0]);
  });

  it('counts a commit once that comes twice', () => {
    const { graph, indexOf } = buildCommitGraph([
      { sha: 'a', parents: [] },
      { sha: 'a', parents: ['b'] },
      { sha: 'b', parents: ['a'] },
    ]);
    expect(graph.count).toBe(2);
    expect(indexOf.get('b')).toBe(1);
    expect([...graph.parents]).toEqual([0]);
  });

  it('builds an empty graph from no commits', () => {
    expect(buildCommitGraph([]).graph.count).toBe(0);
  });

  it('refuses commits that are their own ancestors, and says how many', () => {
    const rows = [
      { sha: 'a', parents: ['b'] },
      { sha: 'b', parents: ['a'] },
      { sha: 'c', parents: ['a'] },
    ];
    expect(() => buildCommitGraph(rows)).toThrow('commit graph: 2 commits lie on or behind a cycle');
  });

  it('puts every ancestor in a lower generation', () => {
    fc.assert(
      fc.property(randomHistory(), ({ commits, graph }) => {
        for (const [commit, history] of naiveHistories(commits).entries()) {
          const others = [...history].filter((each) => each !== commit);
          expect(graph.generation[commit]).toBe(
            Math.max(0, ...others.map((each) => graph.generation[each]!)) + 1,
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('graphFromParents', () => {
  it('refuses a parent that is out of range', () => {
    expect(() => graphFromParents(Uint32Array.of(0, 1), Uint32Array.of(7))).toThrow(
      'commit graph: parent 7 is not among the 1 commits',
    );
  });
});
