import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributeToMerges } from './first-parent-walk.ts';
import { naiveHistories, naiveOwners } from './testing/naive-lineage.ts';
import { namedHistory } from './testing/named-history.ts';
import { randomHistory } from './testing/random-history.ts';

/** Owners by name; what owns itself is left out. Commits whose names begin with # land a pull request. */
function owners(head: string, ...lines: string[]): Record<string, string> {
  const { graph, at, nameOf } = namedHistory(...lines);
  const owner = attributeToMerges(graph, at(head), (commit) => nameOf(commit).startsWith('#'));
  return Object.fromEntries(
    [...owner].flatMap((each, commit) => (each === commit ? [] : [[nameOf(commit), nameOf(each)]])),
  );
}

describe('attributeToMerges', () => {
  it('gives a pull request the commits that its merge brought in', () => {
    expect(owners('#1', 'b root', 'a2 a1', 'a1 root', '#1 b a2')).toEqual({ a1: '#1', a2: '#1' });
  });

  it('gives nothing to a pull request that an earlier merge had brought in', () => {
    const lines = ['a1 root', 'a2 a1', '#1 root a1', '#2 #1 a2'];
    expect(owners('#2', ...lines)).toEqual({ a1: '#1', a2: '#2' });
  });

  it('leaves the commits of a merge that is no pull request to themselves', () => {
    expect(owners('merge', 'a1 root', 'merge root a1')).toEqual({});
  });

  it('keeps a pull request whole that had taken in the main branch', () => {
    const lines = ['b root', 'a1 root', 'update a1 b', 'a2 update', '#1 b a2'];
    expect(owners('#1', ...lines)).toEqual({ a1: '#1', update: '#1', a2: '#1' });
  });

  it('lets the innermost pull request win: one merged into the branch of another', () => {
    const lines = ['outer1 root', 'inner1 outer1', '#2 outer1 inner1', 'outer2 #2', '#1 root outer2'];
    expect(owners('#1', ...lines)).toEqual({ outer1: '#1', outer2: '#1', inner1: '#2' });
  });

  it('leaves everything to the outer one where that may not hold others, however deep', () => {
    const { graph, at } = namedHistory(
      'outer1 root',
      'inner1 outer1',
      'deep inner1',
      '#3 inner1 deep',
      '#2 outer1 #3',
      'outer2 #2',
      '#1 root outer2',
    );
    const isLanding = new Set(['#1', '#2', '#3'].map(at));
    const owner = attributeToMerges(
      graph,
      at('#1'),
      (commit) => isLanding.has(commit),
      () => false,
    );
    const reached = ['outer1', 'inner1', 'deep', '#3', '#2', 'outer2', '#1'];
    expect(new Set(reached.map((name) => owner[at(name)]))).toEqual(new Set([at('#1')]));
  });

  it('lets squashed pull requests own themselves inside a release that merges them', () => {
    const lines = ['#5 root', 'direct #5', '#6 direct', '#9 root #6'];
    expect(owners('#9', ...lines)).toEqual({ direct: '#9' });
  });

  it('finds every pull request behind a foxtrot merge', () => {
    const lines = ['a root', '#1 root a', 'b #1', '#2 #1 b', 'local root', 'local2 local', 'pull local2 #2'];
    expect(owners('pull', ...lines)).toEqual({ a: '#1', b: '#2' });
  });

  it('finds them behind foxtrot merges within foxtrot merges', () => {
    const lines = ['a root', '#1 root a', 'x root', 'pull1 x #1', 'b #1', '#2 pull1 b', 'y x', 'pull2 y #2'];
    expect(owners('pull2', ...lines)).toEqual({ a: '#1', b: '#2' });
  });

  it('takes all parents of an octopus merge, in their order', () => {
    const lines = ['a root', 'b root', 'c b', '#1 root a b c'];
    expect(owners('#1', ...lines)).toEqual({ a: '#1', b: '#1', c: '#1' });
  });

  it('has no owner for what the head does not reach, or without a head', () => {
    expect(owners('root', 'a root')).toEqual({ a: '?' });
    expect(owners('?', 'a root')).toEqual({ a: '?', root: '?' });
  });

  it('agrees with set differences on random histories', () => {
    fc.assert(
      fc.property(randomHistory(), ({ commits, graph, tips, landings }) => {
        const histories = naiveHistories(commits);
        for (const head of new Set(tips)) {
          const owner = attributeToMerges(graph, head, (commit) => landings.has(commit));
          expect([...owner]).toEqual(naiveOwners(commits, histories, head, landings));
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('promises: one owner each, a landing for others only, and only what its first parent did not have', () => {
    fc.assert(
      fc.property(randomHistory(), ({ commits, graph, tips, landings }) => {
        const histories = naiveHistories(commits);
        const head = tips[0]!;
        const asked: number[] = [];
        const owner = attributeToMerges(
          graph,
          head,
          (commit) => asked.push(commit) > 0 && landings.has(commit),
        );
        expect(asked.toSorted((a, b) => a - b)).toEqual([...histories[head]!].sort((a, b) => a - b));
        for (const commit of histories[head]!) {
          const its = owner[commit]!;
          if (its === commit) continue;
          const firstParent = graph.parents[graph.parentStart[its]!]!;
          expect(landings.has(its) && !landings.has(commit)).toBe(true);
          expect(histories[its]!.has(commit) && !histories[firstParent]!.has(commit)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('agrees with the plain definition where pull requests do not nest', () => {
    fc.assert(
      fc.property(randomHistory(), ({ commits, graph, tips, landings }) => {
        const histories = naiveHistories(commits);
        const head = tips[0]!;
        const line: number[] = [];
        for (let at: number | undefined = head; at !== undefined;) {
          line.push(at);
          at =
            graph.parentStart[at] === graph.parentStart[at + 1]
              ? undefined
              : graph.parents[graph.parentStart[at]!];
        }
        // Only landings on the main line count, so none lies within another.
        const owner = attributeToMerges(
          graph,
          head,
          (commit) => landings.has(commit) && line.includes(commit),
        );
        const expected = commits.map((_, commit) => {
          if (!histories[head]!.has(commit)) return -1;
          const brought = line.findLast((each) => histories[each]!.has(commit))!;
          return landings.has(brought) ? brought : commit;
        });
        expect([...owner]).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});
