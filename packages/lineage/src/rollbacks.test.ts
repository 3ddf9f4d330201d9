import { describe, expect, it } from 'vitest';
import { failures, indices, outcomes } from './testing/outcome-case.ts';

const line = ['V2 V1', 'V3 V2', 'V4 V3', 'V5 V4'];

describe('findRollbacks', () => {
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
