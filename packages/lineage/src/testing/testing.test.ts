import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCommitGraph } from '../commit-graph.ts';
import { deploymentOutcomes } from '../failures.ts';
import { commitRows, largeHistory } from './large-history.ts';
import { randomHistory } from './random-history.ts';
import { seededRandom } from './seeded-random.ts';

describe('randomHistory', () => {
  it('makes every case often enough for the property tests to mean something', () => {
    const seen: Record<string, number> = {};
    const count = (name: string, isSeen: boolean): void => {
      seen[name] = (seen[name] ?? 0) + (isSeen ? 1 : 0);
    };
    for (const { graph, deployments, reverts, landings, tips } of fc.sample(randomHistory(), {
      numRuns: 500,
      seed: 1,
    })) {
      const outcomes = deploymentOutcomes(graph, deployments, reverts);
      for (const evidence of ['rollback', 'revert', 'hotfix']) {
        count(
          evidence,
          outcomes.some((each) => each.evidence === evidence),
        );
      }
      const undone = outcomes.filter((each) => each.isUndone).length;
      count('undone, not charged', undone > outcomes.filter((each) => each.evidence === 'rollback').length);
      count('second baseline', outcomes.filter((each) => each.isBaseline).length > 1);
      count('merges', landings.size > 2 && tips.length > 1);
      count(
        'shared instant',
        deployments.some((each, at) => each.finishedAt === deployments[at + 1]?.finishedAt),
      );
      count(
        'chain of reverts',
        reverts.some((each) => reverts.some((other) => other.reverted === each.revert)),
      );
    }
    for (const [name, times] of Object.entries(seen)) expect(times, name).toBeGreaterThan(50);
    expect(Object.keys(seen)).toHaveLength(8);
  });
});

describe('largeHistory', () => {
  it('gives the same history for the same seed, of the size that was asked for', () => {
    const options = { commits: 5000, deployments: 300, seed: 7 };
    const history = largeHistory(options);
    expect(largeHistory(options)).toEqual(history);
    expect(largeHistory({ ...options, seed: 8 })).not.toEqual(history);
    expect(history.graph.count).toBe(5000);
    expect(history.deployments).toHaveLength(300);
    expect(history.isLanding.filter((each) => each === 1).length).toBeGreaterThan(500);
    expect(history.deployments.at(-1)?.commit).toBe(history.head);
    expect(deploymentOutcomes(history.graph, history.deployments, []).some((each) => each.isFailure)).toBe(
      true,
    );
  });

  it('turns into rows that build the same graph', () => {
    const { graph } = largeHistory({ commits: 2000, deployments: 1 });
    const built = buildCommitGraph([...commitRows(graph)]);
    expect(built.graph).toEqual(graph);
    expect(built.missingParents).toEqual([]);
  });
});

describe('seededRandom', () => {
  it('stays in [0, 1) and spreads', () => {
    const random = seededRandom(42);
    const numbers = Array.from({ length: 10_000 }, random);
    expect(numbers.every((each) => each >= 0 && each < 1)).toBe(true);
    expect(numbers.reduce((sum, each) => sum + each, 0) / 10_000).toBeCloseTo(0.5, 1);
  });
});
