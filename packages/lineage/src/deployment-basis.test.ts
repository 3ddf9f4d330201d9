import { describe, expect, it } from 'vitest';
import { deploymentBasis } from './deployment-basis.ts';
import { firstDeployments } from './first-deployments.ts';
import { namedHistory, type NamedHistory } from './testing/named-history.ts';

function basisOf(
  { graph, at }: NamedHistory,
  ...deployed: string[]
): { builtOn: number[]; baselines: number[] } {
  const commits = deployed.map(at);
  const { builtOn, isBaseline } = deploymentBasis(graph, commits, firstDeployments(graph, commits));
  return {
    builtOn: [...builtOn],
    baselines: commits.map((_, index) => index).filter((index) => isBaseline[index] === 1),
  };
}

describe('deploymentBasis', () => {
  it('calls the first deployment a baseline, and no later one that builds on it', () => {
    expect(basisOf(namedHistory('B A', 'C B'), 'B', 'C', 'A', 'C')).toEqual({
      builtOn: [-1, -1, -1, -1],
      baselines: [0],
    });
  });

  it('waits for a first revision that is at hand', () => {
    expect(basisOf(namedHistory('B A'), '?', 'A', '?', 'B').baselines).toEqual([0, 1]);
  });

  it('starts anew with another root: a rewritten history was not deployed in one go', () => {
    const history = namedHistory('B A', 'B2 A2', 'C2 B2');
    expect(basisOf(history, 'B', 'B2', 'C2')).toEqual({ builtOn: [-1, -1, -1], baselines: [0, 1] });
  });

  it('is no new start to take in a second root', () => {
    const history = namedHistory('B A', 'M B imported');
    expect(basisOf(history, 'B', 'M').baselines).toEqual([0]);
  });

  it('looks past a baseline for what is known to be continued', () => {
    const history = namedHistory('B A', 'C B', 'later imported', 'M B imported');
    expect(basisOf(history, 'A', 'C', 'later', 'M')).toEqual({ builtOn: [-1, -1, -1, 1], baselines: [0, 2] });
  });

  it('builds on the line that it continues, whatever was deployed between', () => {
    const history = namedHistory('2.0 1.0', '1.1 1.0', '2.1 2.0', '1.2 1.1');
    expect(basisOf(history, '1.0', '2.0', '1.1', '2.1', '1.2').builtOn).toEqual([-1, -1, -1, 1, 2]);
  });

  it('builds on the earlier release where each is made on a side branch', () => {
    const history = namedHistory('B A', 'C B', 'releaseA A', 'releaseB B', 'releaseC C');
    expect(basisOf(history, 'releaseA', 'releaseB', 'releaseC').builtOn).toEqual([-1, -1, 1]);
  });
});
