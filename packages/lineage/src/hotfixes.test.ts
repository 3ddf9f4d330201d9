import { describe, expect, it } from 'vitest';
import { failures, indices } from './testing/outcome-case.ts';

const line = ['V2 V1', 'V3 V2', 'V4 V3', 'V5 V4'];

describe('findHotfixes', () => {
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

  it('looks past the baseline of another root', () => {
    const lines = ['B A', 'C B', 'later imported', 'fix B imported'];
    expect(failures({ history: lines, deployed: 'A C later fix!' })).toEqual(['1 hotfix low > 3']);
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
