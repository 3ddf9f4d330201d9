import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { childrenFirst, TipFinder } from './history.ts';

/** A history as lists of parents, each commit named by its number; parents are always older. */
const histories = fc
  .integer({ min: 1, max: 40 })
  .chain((size) =>
    fc.tuple(
      ...Array.from({ length: size }, (_, index) =>
        fc.uniqueArray(fc.nat({ max: Math.max(0, index - 1) }), { maxLength: index === 0 ? 0 : 3 }),
      ),
    ),
  );

function graphOf(history: readonly number[][]): Map<string, string[]> {
  return new Map(history.map((parents, index) => [String(index), parents.map(String)]));
}

describe('the stored graph', () => {
  it('is walked children first, each commit once, and no further than it is stored', () => {
    fc.assert(
      fc.property(histories, fc.array(fc.nat({ max: 39 })), (history, from) => {
        const graph = graphOf(history);
        const order = childrenFirst(graph, from.map(String));
        expect(new Set(order).size).toBe(order.length);
        const place = new Map(order.map((sha, index) => [sha, index]));
        const reached = new Set<string>();
        const visit = (sha: string): void => {
          if (!graph.has(sha) || reached.has(sha)) return;
          reached.add(sha);
          for (const parent of graph.get(sha)!) visit(parent);
        };
        for (const start of from) visit(String(start));
        expect(new Set(order)).toEqual(reached);
        for (const sha of order) {
          for (const parent of graph.get(sha)!) expect(place.get(parent)).toBeGreaterThan(place.get(sha)!);
        }
      }),
    );
  });

  it('is walked without recursion, so that its depth does not matter', () => {
    const graph = new Map(
      Array.from({ length: 200_000 }, (_, index) => [String(index), index === 0 ? [] : [String(index - 1)]]),
    );
    expect(childrenFirst(graph, ['199999'])).toHaveLength(200_000);
  });

  it('has as tips what is nobody’s parent', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const graph = graphOf(history);
        const finder = new TipFinder();
        for (let sha = history.length - 1; sha >= 0; sha--) {
          finder.add({ sha: String(sha), parents: graph.get(String(sha))! });
        }
        const parents = new Set([...graph.values()].flat());
        expect(finder.all).toEqual([...graph.keys()].filter((sha) => !parents.has(sha)).sort());
      }),
    );
  });

  it('keeps a known tip until a new commit stands on it', () => {
    const finder = new TipFinder(['x', 'y']);
    finder.add({ sha: 'new', parents: ['x', 'older'] });
    expect(finder.all).toEqual(['new', 'y']);
  });
});
