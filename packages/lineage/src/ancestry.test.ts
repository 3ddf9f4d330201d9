import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAncestry, isAncestor } from './ancestry.ts';
import { naiveHistories } from './testing/naive-lineage.ts';
import { namedHistory } from './testing/named-history.ts';
import { randomHistory } from './testing/random-history.ts';

describe('isAncestor', () => {
  const { graph, at } = namedHistory('main root', 'feature root', 'merge main feature', 'other feature');
  const ask = (a: string, b: string): boolean => isAncestor(graph, at(a), at(b));

  it('finds an ancestor through any parent', () => {
    expect(ask('root', 'merge')).toBe(true);
    expect(ask('feature', 'merge')).toBe(true);
  });

  it('counts a commit among its own ancestors, as git does', () => {
    expect(ask('main', 'main')).toBe(true);
  });

  it('denies descendants and other lines', () => {
    expect(ask('merge', 'main')).toBe(false);
    expect(ask('main', 'other')).toBe(false);
    expect(ask('other', 'merge')).toBe(false);
  });

  it('gives a revision that is not at hand no relatives, not even itself', () => {
    expect(ask('?', 'main')).toBe(false);
    expect(ask('main', '?')).toBe(false);
    expect(ask('?', '?')).toBe(false);
  });

  it('looks at each commit once, however many ways lead to it', () => {
    const rungs = Array.from({ length: 200 }, (_, n) => [`l${n + 1} l${n} r${n}`, `r${n + 1} r${n} l${n}`]);
    const ladder = namedHistory(...rungs.flat(), 'start root', 'l0 start', 'r0 start', 'aside root');
    expect(isAncestor(ladder.graph, ladder.at('aside'), ladder.at('l200'))).toBe(false);
  });

  it('agrees with whole histories as sets, on random histories, asked twice', () => {
    fc.assert(
      fc.property(randomHistory(), ({ commits, graph: random }) => {
        const { isAncestor: isKnown } = createAncestry(random);
        const histories = naiveHistories(commits);
        const answers = commits.map((_, b) => commits.map((_, a) => isKnown(a, b)));
        expect(answers).toEqual(commits.map((_, b) => commits.map((_, a) => histories[b]!.has(a))));
        expect(commits.map((_, b) => commits.map((_, a) => isKnown(a, b)))).toEqual(answers);
      }),
      { numRuns: 500 },
    );
  });
});
