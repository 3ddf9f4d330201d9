import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deploymentOutcomes } from './failures.ts';
import { firstDeployments } from './first-deployments.ts';
import { naiveHistories, naiveOutcomes } from './testing/naive-lineage.ts';
import { namedHistory } from './testing/named-history.ts';
import { failures, indices, outcomes } from './testing/outcome-case.ts';
import { randomHistory } from './testing/random-history.ts';

const line = ['V2 V1', 'V3 V2', 'V4 V3', 'V5 V4'];

describe('deploymentOutcomes', () => {
  const history = ['S A', 'R S', 'fix R'];

  it('lets the strongest evidence speak: rollback before revert before hotfix', () => {
    const reverts = ['R>S'];
    expect(failures({ history, deployed: 'A S A R', reverts })).toEqual(['1 rollback high > 2']);
    expect(failures({ history, deployed: 'A S R!', reverts })).toEqual(['1 revert medium > 2']);
    const side = ['S A', 'fix S', 'R fix'];
    expect(failures({ history: side, deployed: 'A S fix! R', reverts })).toEqual(['1 revert medium > 3']);
  });

  it('prefers a revert by name to an earlier one by title', () => {
    const twice = ['S1 A', 'S2 S1', 'R1 S2', 'R2 R1'];
    expect(failures({ history: twice, deployed: 'A S2 R1 R2', reverts: ['R1~S1', 'R2>S2'] })).toEqual([
      '1 revert medium > 3',
    ]);
  });

  it('counts a deployment that repairs and fails as both', () => {
    const given = { history: [...line, 'fix V2'], deployed: 'V1 V2 fix! V2' };
    expect(failures(given)).toEqual(['1 hotfix low > 2', '2 rollback high > 3']);
    expect(indices(given, 'isRework')).toEqual([2, 3]);
  });

  it('finds nothing in a quiet history, and knows the baseline', () => {
    const given = { history: line, deployed: 'V1 V2 V3 V4 V5' };
    expect(failures(given)).toEqual([]);
    expect(indices(given, 'isBaseline')).toEqual([0]);
    expect(outcomes(given)[1]).toEqual({
      isFailure: false,
      evidence: null,
      confidence: null,
      failedAt: null,
      recoveredAt: null,
      recoveredBy: null,
      isRework: false,
      isUndone: false,
      isBaseline: false,
    });
  });

  it('recovers in no time at the same instant', () => {
    const { graph, at } = namedHistory(...line);
    const deployments = ['V1', 'V2', 'V1'].map((name) => ({ commit: at(name), finishedAt: 5 }));
    expect(deploymentOutcomes(graph, deployments, [])[1]).toMatchObject({ failedAt: 5, recoveredAt: 5 });
  });

  it('refuses deployments that are not in order of time', () => {
    const { graph, at } = namedHistory(...line);
    const backwards = [9, 8].map((finishedAt) => ({ commit: at('V1'), finishedAt }));
    const unknown = [9, NaN].map((finishedAt) => ({ commit: at('V1'), finishedAt }));
    expect(() => deploymentOutcomes(graph, backwards, [])).toThrow(RangeError);
    expect(() => deploymentOutcomes(graph, unknown, [])).toThrow(RangeError);
  });

  it('has nothing to say without deployments', () => {
    expect(deploymentOutcomes(namedHistory('A').graph, [], [])).toEqual([]);
  });

  it('agrees with the definitions in sets, on random histories', () => {
    fc.assert(
      fc.property(randomHistory(), ({ commits, graph, deployments, reverts }) => {
        const expected = naiveOutcomes(naiveHistories(commits), deployments, reverts);
        expect(deploymentOutcomes(graph, deployments, reverts)).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('does not depend on the order of reverts, nor on who found the first deployments', () => {
    fc.assert(
      fc.property(randomHistory(), ({ graph, deployments, reverts }) => {
        const first = firstDeployments(
          graph,
          deployments.map(({ commit }) => commit),
        );
        expect(deploymentOutcomes(graph, deployments, reverts.toReversed(), first)).toEqual(
          deploymentOutcomes(graph, deployments, reverts),
        );
      }),
      { numRuns: 300 },
    );
  });
});
