import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byTimeThenRef } from './deployment-order.ts';
import { firstDeployments } from './first-deployments.ts';
import { naiveFirstDeployments, naiveHistories } from './testing/naive-lineage.ts';
import { namedHistory, type NamedHistory } from './testing/named-history.ts';
import { randomHistory } from './testing/random-history.ts';

/** By name of commit: which deployment, counted from 0, first carried it. */
function firstByName({ graph, at, nameOf }: NamedHistory, ...deployed: string[]): Record<string, number> {
  const first = firstDeployments(graph, deployed.map(at));
  return Object.fromEntries([...first].map((deployment, commit) => [nameOf(commit), deployment]));
}

describe('firstDeployments', () => {
  it('goes by history: a commit belongs to the first deployment that contains it', () => {
    const history = namedHistory('B A', 'C B', 'D C', 'E D');
    expect(firstByName(history, 'B', 'D')).toEqual({ A: 0, B: 0, C: 1, D: 1, E: -1 });
  });

  it('follows every parent of a merge', () => {
    const history = namedHistory('main root', 'work root', 'merge main work');
    expect(firstByName(history, 'main', 'merge')).toEqual({ root: 0, main: 0, work: 1, merge: 1 });
  });

  it('gives an old commit that is tagged later to the deployment that had carried it', () => {
    const history = namedHistory('B A', 'C B');
    expect(firstByName(history, 'A', 'C', 'B')).toEqual({ A: 0, B: 1, C: 1 });
  });

  it('leaves a rollback without commits of its own', () => {
    const history = namedHistory('V2 V1', 'V3 V2');
    expect(firstByName(history, 'V1', 'V2', 'V1', 'V3')).toEqual({ V1: 0, V2: 1, V3: 3 });
  });

  it('keeps two maintenance lines apart', () => {
    const history = namedHistory('2.0 1.0', '1.1 1.0', '2.1 2.0', '1.2 1.1');
    expect(firstByName(history, '1.0', '2.0', '1.1', '2.1', '1.2')).toEqual({
      '1.0': 0,
      '2.0': 1,
      '1.1': 2,
      '2.1': 3,
      '1.2': 4,
    });
  });

  it('decides between deployments of the same instant by their refs', () => {
    const { graph, at } = namedHistory('B A');
    const sorted = [
      { ref: 'b', commit: at('A'), finishedAt: 1 },
      { ref: 'a', commit: at('B'), finishedAt: 1 },
    ].sort(byTimeThenRef);
    expect(sorted.map(({ ref }) => ref)).toEqual(['a', 'b']);
    const commits = sorted.map(({ commit }) => commit);
    expect([...firstDeployments(graph, commits)]).toEqual([0, 0]);
  });

  it('passes over a deployment whose revision is not at hand', () => {
    expect(firstByName(namedHistory('B A'), '?', 'A', '?', 'B')).toEqual({ A: 1, B: 3 });
  });

  it('says -1 everywhere without deployments', () => {
    expect(firstByName(namedHistory('B A'))).toEqual({ A: -1, B: -1 });
  });

  it('agrees with whole histories as sets, on random histories', () => {
    fc.assert(
      fc.property(randomHistory(), ({ commits, graph, deployments }) => {
        const deployed = deployments.map(({ commit }) => commit);
        const expected = naiveFirstDeployments(naiveHistories(commits), deployed);
        expect([...firstDeployments(graph, deployed)]).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });
});
