import { describe, expect, it } from 'vitest';
import type { FailureClaim } from './failure-claim.ts';
import { indices } from './testing/outcome-case.ts';

const history = ['V2 V1', 'V3 V2', 'V4 V3', 'V5 V4'];

/** Deployment 1 (V2, finished in minute 2) fails in one minute and recovers in another. */
function reworkOf(deployed: string, opened: number, resolved: number | null): number[] {
  const claim: FailureClaim = {
    deployment: 1,
    evidence: 'incident',
    confidence: 'high',
    failedAt: opened * 60_000,
    recoveredAt: resolved === null ? null : resolved * 60_000,
    recoveredBy: null,
  };
  return indices({ history, deployed, told: { claims: [claim], rulings: new Map() } }, 'isRework');
}

describe('a deployment that nobody had planned', () => {
  it('is a repair while a failure lasts, whatever was deployed meanwhile', () => {
    expect(reworkOf('V1 V2 V3 V4* V5', 2, null)).toEqual([3]);
    expect(reworkOf('V1 V2 V3 V4* V5', 2, 4)).toEqual([3]);
  });

  it('is one after the failure was over, as long as nothing planned came between', () => {
    // The flag was switched off in minute 2.5; V3 and V4 are two attempts at the fix.
    expect(reworkOf('V1 V2 V3* V4* V5', 2, 2.5)).toEqual([2, 3]);
    expect(reworkOf('V1 V2 V3 V4* V5', 2, 2.5)).toEqual([]);
  });

  it('is none before a failure has begun, nor without any', () => {
    expect(reworkOf('V1 V2 V3* V4 V5', 3.5, null)).toEqual([]);
    expect(indices({ history, deployed: 'V1 V2 V3*' }, 'isRework')).toEqual([]);
  });

  it('is no repair of itself', () => {
    expect(reworkOf('V1 V2* V3', 2, null)).toEqual([]);
  });
});
