import { describe, expect, it } from 'vitest';
import { failures, indices } from './testing/outcome-case.ts';

describe('findReverts', () => {
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
    expect(failures({ history, deployed: 'A S R', reverts: [...reverts, 'R>S'] })).toEqual([
      '1 revert medium > 2',
    ]);
  });
});
