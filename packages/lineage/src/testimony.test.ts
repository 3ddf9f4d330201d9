import { describe, expect, it } from 'vitest';
import type { FailureClaim } from './failure-claim.ts';
import { failures, indices, outcomes } from './testing/outcome-case.ts';

const history = ['V2 V1', 'V3 V2', 'V4 V3', 'V5 V4'];
const minute = 60_000;

/** Deployment 0 finished in minute 1. */
const incident = (deployment: number, opened: number, resolved: number | null): FailureClaim => ({
  deployment,
  evidence: 'incident',
  confidence: 'high',
  failedAt: opened * minute,
  recoveredAt: resolved === null ? null : resolved * minute,
  recoveredBy: null,
});

const told = (claims: FailureClaim[], rulings: [number, boolean][] = []) => ({
  claims,
  rulings: new Map(rulings),
});

describe('what is told', () => {
  it('makes a failure that no history shows', () => {
    const given = { history, deployed: 'V1 V2 V3', told: told([incident(1, 2.5, 9)]) };
    expect(failures(given)).toEqual(['1 incident high > null']);
    expect(outcomes(given)[1]).toMatchObject({ failedAt: 150_000, recoveredAt: 540_000 });
  });

  it('stands above what the history shows, which tells by whom it was repaired', () => {
    const given = { history, deployed: 'V1 V2 V1', told: told([incident(1, 2.5, null)]) };
    expect(failures(given)).toEqual(['1 incident high > 2']);
    expect(outcomes(given)[1]).toMatchObject({ failedAt: 150_000, recoveredAt: 180_000 });
  });
});

describe('a ruling', () => {
  it('makes a failure whose end nobody knows, or takes the dates of other evidence', () => {
    const deployed = 'V1 V2 V3 V2';
    const alone = { history, deployed, told: told([], [[1, true]]) };
    expect(failures(alone)).toEqual(['1 override high > null', '2 rollback high > 3']);
    expect(outcomes(alone)[1]).toMatchObject({ failedAt: 120_000, recoveredAt: null });
    expect(failures({ ...alone, told: told([], [[2, true]]) })).toEqual(['2 override high > 3']);
  });

  it('acquits, and what repaired nothing else is no repair', () => {
    const given = { history, deployed: 'V1 V2 V1', told: told([incident(1, 2.5, 3)], [[1, false]]) };
    expect(failures(given)).toEqual([]);
    expect(outcomes(given)[1]).toMatchObject({ isFailure: false, evidence: 'override', isUndone: true });
    expect(indices(given, 'isRework')).toEqual([]);
  });

  it('leaves a repair of two failures one of the other', () => {
    const reverts = ['R>S1', 'R>S2'];
    const given = { history: ['S1 A', 'S2 S1', 'R S2'], deployed: 'A S1 S2 R', reverts };
    expect(failures(given)).toEqual(['1 revert medium > 3', '2 revert medium > 3']);
    expect(indices({ ...given, told: told([], [[1, false]]) }, 'isRework')).toEqual([3]);
    const both = told(
      [],
      [
        [1, false],
        [2, false],
      ],
    );
    expect(indices({ ...given, told: both }, 'isRework')).toEqual([]);
  });

  it('leaves a repair of which nobody knows what it repaired', () => {
    // S is in the baseline, so only the repair is known.
    const given = { history: ['R S'], deployed: 'S R', reverts: ['R>S'], told: told([], [[0, false]]) };
    expect(indices(given, 'isRework')).toEqual([1]);
  });
});
