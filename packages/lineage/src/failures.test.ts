import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deploymentOutcomes, type Outcome } from './failures.ts';
import { firstDeployments } from './first-deployments.ts';
import { naiveHistories, naiveOutcomes } from './testing/naive-lineage.ts';
import { namedHistory } from './testing/named-history.ts';
import { randomHistory } from './testing/random-history.ts';

interface Case {
  /** As for `namedHistory`. */
  history: string[];
  /** In order, a minute apart; a `!` behind the name says that it carries a hotfix. */
  deployed: string;
  /** `R>S`: R reverts S; `R~S`: it may, going by its title. */
  reverts?: string[];
}

function outcomes({ history, deployed, reverts = [] }: Case): Outcome[] {
  const { graph, at } = namedHistory(...history);
  const deployments = deployed.split(' ').map((name, index) => ({
    commit: at(name.replace('!', '')),
    finishedAt: (index + 1) * 60_000,
    hasHotfix: name.endsWith('!'),
  }));
  const pairs = reverts.map((text) => {
    const [revert = '', reverted = ''] = text.split(/[>~]/);
    return { revert: at(revert), reverted: at(reverted), isGuess: text.includes('~') };
  });
  return deploymentOutcomes(graph, deployments, pairs);
}

/** `1 rollback high > 3`: deployment 1 failed and deployment 3 ended that. Deployments count from 0. */
function failures(given: Case): string[] {
  return outcomes(given).flatMap((each, index) =>
    each.isFailure ? [`${index} ${each.evidence} ${each.confidence} > ${each.recoveredBy}`] : [],
  );
}

function indices(given: Case, flag: 'isRework' | 'isUndone' | 'isBaseline'): number[] {
  return outcomes(given).flatMap((each, index) => (each[flag] ? [index] : []));
}

const line = ['V2 V1', 'V3 V2', 'V4 V3', 'V5 V4'];

describe('rollbacks', () => {
  it('charges the first revision that was undone, and marks the others', () => {
    const given = { history: line, deployed: 'V1 V2 V3 V1' };
    expect(failures(given)).toEqual(['1 rollback high > 3']);
    expect(indices(given, 'isUndone')).toEqual([1, 2]);
    expect(indices(given, 'isRework')).toEqual([3]);
  });

  it('runs from the finish of the failed deployment to the finish of the rollback', () => {
    expect(outcomes({ history: line, deployed: 'V1 V2 V3 V1' })[1]).toEqual({
      isFailure: true,
      evidence: 'rollback',
      confidence: 'high',
      failedAt: 120_000,
      recoveredAt: 240_000,
      recoveredBy: 3,
      isRework: false,
      isUndone: true,
      isBaseline: false,
    });
  });

  it('charges each of two rollbacks with what it undid itself', () => {
    const given = { history: line, deployed: 'V1 V2 V3 V2 V1' };
    expect(failures(given)).toEqual(['1 rollback high > 4', '2 rollback high > 3']);
    expect(indices(given, 'isUndone')).toEqual([1, 2, 3]);
    expect(indices(given, 'isRework')).toEqual([3, 4]);
  });

  it('does not take going forward again for a rollback', () => {
    const given = { history: line, deployed: 'V1 V2 V1 V2 V3' };
    expect(failures(given)).toEqual(['1 rollback high > 2']);
    expect(indices(given, 'isRework')).toEqual([2]);
  });

  it('charges a revision again that was deployed and undone again', () => {
    expect(failures({ history: line, deployed: 'V1 V2 V1 V2 V1' })).toEqual([
      '1 rollback high > 2',
      '3 rollback high > 4',
    ]);
  });

  it('goes back to the latest deployment of the revision, not to its first', () => {
    const given = { history: line, deployed: 'V1 V2 V1 V3 V1' };
    expect(failures(given)).toEqual(['1 rollback high > 2', '3 rollback high > 4']);
  });

  it('is not confused by aliases and retries: the same revision twice in a row', () => {
    expect(failures({ history: line, deployed: 'V1 V1 V2 V2 V3' })).toEqual([]);
    const given = { history: line, deployed: 'V1 V2 V2 V1 V1' };
    expect(failures(given)).toEqual(['1 rollback high > 3']);
    expect(indices(given, 'isRework')).toEqual([3]);
  });

  it('does not take an old commit that is tagged late for a rollback', () => {
    expect(failures({ history: line, deployed: 'V1 V3 V2 V4' })).toEqual([]);
  });

  it('spares what the older revision contains', () => {
    // V2 is deployed out of order, between V3 and V4; the way back to V3 undoes V4 alone.
    const given = { history: line, deployed: 'V1 V3 V2 V4 V3' };
    expect(failures(given)).toEqual(['3 rollback high > 4']);
    expect(indices(given, 'isUndone')).toEqual([3]);
  });

  it('does not charge again what an earlier rollback had undone', () => {
    // Back to V3 (undoes V4 and V5), then to V2, deployed late: that undoes the second V3 only.
    const given = { history: line, deployed: 'V3 V2 V4 V5 V3 V2' };
    expect(failures(given)).toEqual(['2 rollback high > 4', '4 rollback high > 5']);
    expect(indices(given, 'isUndone')).toEqual([2, 3, 4]);
  });

  it('sees the way back from a branch that was deployed', () => {
    const given = { history: ['V2 V1', 'branch V1'], deployed: 'V1 V2 branch V2' };
    expect(failures(given)).toEqual(['2 rollback high > 3']);
  });

  it('claims nothing where the revision in force is not at hand', () => {
    expect(failures({ history: line, deployed: 'V1 V2 ? V1' })).toEqual([]);
    expect(failures({ history: line, deployed: '? V1 ?' })).toEqual([]);
  });

  it('passes over a revision that is not at hand among those undone', () => {
    const given = { history: line, deployed: 'V1 ? V2 V1' };
    expect(failures(given)).toEqual(['2 rollback high > 3']);
    expect(indices(given, 'isUndone')).toEqual([2]);
  });
});

describe('reverts', () => {
  const history = ['S A', 'R S', 'R2 R', 'R3 R2', 'end R3'];

  it('charges the deployment that first carried the change, until the revert is deployed', () => {
    const given = { history, deployed: 'A S R', reverts: ['R>S'] };
    expect(failures(given)).toEqual(['1 revert medium > 2']);
    expect(indices(given, 'isRework')).toEqual([2]);
  });

  it('trusts less in a revert that only its title points out', () => {
    expect(failures({ history, deployed: 'A S R', reverts: ['R~S'] })).toEqual(['1 revert low > 2']);
  });

  it('claims nothing where change and revert reached production together', () => {
    const given = { history, deployed: 'A R end', reverts: ['R>S'] };
    expect(failures(given)).toEqual([]);
    expect(indices(given, 'isRework')).toEqual([]);
  });

  it('blames nobody for what the baseline carried, though the revert is a repair', () => {
    const given = { history, deployed: 'S R', reverts: ['R>S'] };
    expect(failures(given)).toEqual([]);
    expect(indices(given, 'isRework')).toEqual([1]);
  });

  it('claims nothing before the revert is deployed', () => {
    expect(failures({ history, deployed: 'A S', reverts: ['R>S'] })).toEqual([]);
  });

  it('does not take landing a change again for a failure of its revert', () => {
    const given = { history, deployed: 'A S R R2', reverts: ['R>S', 'R2>R'] };
    expect(failures(given)).toEqual(['1 revert medium > 2']);
    expect(indices(given, 'isRework')).toEqual([2]);
  });

  it('charges the deployment that landed the change again when that is reverted too', () => {
    const given = { history, deployed: 'A S R R2 R3', reverts: ['R3>R2', 'R2>R', 'R>S'] };
    expect(failures(given)).toEqual(['1 revert medium > 2', '3 revert medium > 4']);
    expect(indices(given, 'isRework')).toEqual([2, 4]);
  });

  it('claims nothing when a change that never got out alone is landed again', () => {
    expect(failures({ history, deployed: 'A R R2', reverts: ['R>S', 'R2>R'] })).toEqual([]);
  });

  it('claims nothing when revert and landing again arrive together: production kept the change', () => {
    const given = { history, deployed: 'A S R2', reverts: ['R>S', 'R2>R'] };
    expect(failures(given)).toEqual([]);
    expect(indices(given, 'isRework')).toEqual([]);
  });

  it('takes the first of several reverts for the recovery', () => {
    const changes = ['S1 A', 'S2 S1', 'R1 S2', 'R2 R1'];
    const given = { history: changes, deployed: 'A S2 R1 R2', reverts: ['R2>S1', 'R1>S2'] };
    expect(failures(given)).toEqual(['1 revert medium > 2']);
    expect(indices(given, 'isRework')).toEqual([2, 3]);
  });

  it('charges every deployment whose change one revert takes back', () => {
    const changes = ['S1 A', 'S2 S1', 'R S2'];
    expect(failures({ history: changes, deployed: 'A S1 S2 R', reverts: ['R>S1', 'R>S2'] })).toEqual([
      '1 revert medium > 3',
      '2 revert medium > 3',
    ]);
  });

  it('does not take the backport of a revert for the repair of the line it names', () => {
    // 2.0 carries S; 1.1 has a cherry-picked revert whose message still names S.
    const lines = ['1.0 A', 'S 1.0', '2.0 S', '1.1 1.0', '2.1 2.0'];
    const deployed = '1.0 2.0 1.1 2.1';
    expect(failures({ history: lines, deployed, reverts: ['1.1>S'] })).toEqual([]);
    expect(failures({ history: lines, deployed, reverts: ['1.1>S', '2.1>S'] })).toEqual([
      '1 revert medium > 3',
    ]);
  });

  it('passes over pairs that cannot be: of itself, of each other, not at hand', () => {
    const reverts = ['S>S', 'S>R', 'R>?', '?>S'];
    expect(failures({ history, deployed: 'A S R', reverts })).toEqual([]);
  });
});

describe('hotfixes', () => {
  const history = [...line, 'fix V2', 'fix2 fix'];

  it('charges the deployment before, with low confidence', () => {
    const given = { history, deployed: 'V1 V2 fix! fix2' };
    expect(failures(given)).toEqual(['1 hotfix low > 2']);
    expect(indices(given, 'isRework')).toEqual([2]);
  });

  it('can charge a baseline, which was in force', () => {
    expect(failures({ history, deployed: 'V2 fix!' })).toEqual(['0 hotfix low > 1']);
  });

  it('takes no hotfix of a baseline for a repair: it may be years old', () => {
    const given = { history, deployed: 'fix! fix2' };
    expect(failures(given)).toEqual([]);
    expect(indices(given, 'isRework')).toEqual([]);
  });

  it('charges a hotfix that needed another one', () => {
    expect(failures({ history, deployed: 'V1 V2 fix! fix2!' })).toEqual([
      '1 hotfix low > 2',
      '2 hotfix low > 3',
    ]);
  });

  it('charges the release of its own maintenance line, not the other that came between', () => {
    const lines = ['2.0 1.0', '1.1 1.0', '2.1 2.0', '1.2 1.1'];
    expect(failures({ history: lines, deployed: '1.0 2.0 1.1 2.1 1.2!' })).toEqual(['2 hotfix low > 4']);
    expect(failures({ history: lines, deployed: '1.0 1.1 2.0 1.2 2.1!' })).toEqual(['2 hotfix low > 4']);
  });

  it('blames nobody where its line was never deployed', () => {
    const lines = ['2.0 A', '1.9 A', '1.9.1 1.9'];
    const given = { history: lines, deployed: '2.0 1.9.1!' };
    expect(failures(given)).toEqual([]);
    expect(indices(given, 'isRework')).toEqual([1]);
  });

  it('finds the release before where each is made on a side branch', () => {
    const lines = ['B A', 'C B', 'D C', 'relA A', 'relB B', 'relC C', 'relD D'];
    expect(failures({ history: lines, deployed: 'relA relB relC relD!' })).toEqual(['2 hotfix low > 3']);
  });

  it('charges the late tag that was in force, not the newer release before it', () => {
    expect(failures({ history: [...line, 'fix V2'], deployed: 'V1 V3 V2 fix!' })).toEqual([
      '2 hotfix low > 3',
    ]);
  });

  it('charges the first of alias tags and retries', () => {
    expect(failures({ history, deployed: 'V1 V2 V2 fix!' })).toEqual(['1 hotfix low > 3']);
  });

  it('finds no second failure after a rollback, whether it builds on what was undone or not', () => {
    const onUndone = { history, deployed: 'V1 V2 V1 fix!' };
    expect(failures(onUndone)).toEqual(['1 rollback high > 2']);
    expect(indices(onUndone, 'isRework')).toEqual([2, 3]);
    const onRestored = { history: [...line, 'fix V1'], deployed: 'V1 V2 V1 V1 fix!' };
    expect(failures(onRestored)).toEqual(['1 rollback high > 2']);
    const onUndoneSide = { history: ['S1 A', 'B A', 'S2 B', 'fix S2'], deployed: 'S1 S2 S1 fix!' };
    expect(failures(onUndoneSide)).toEqual(['1 rollback high > 2']);
  });

  it('is ignored where the deployment brings nothing new', () => {
    expect(indices({ history, deployed: 'V1 V2 V2! V1!' }, 'isRework')).toEqual([3]);
    expect(indices({ history, deployed: 'V1 V3 V2! ?!' }, 'isRework')).toEqual([]);
  });
});

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
