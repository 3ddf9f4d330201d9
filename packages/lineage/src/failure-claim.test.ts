import { describe, expect, it } from 'vitest';
import { type FailureClaim, strongestClaims } from './failure-claim.ts';

const claim = (changes: Partial<FailureClaim>): FailureClaim => ({
  deployment: 1,
  evidence: 'revert',
  confidence: 'medium',
  failedAt: 10,
  recoveredAt: 50,
  recoveredBy: 5,
  ...changes,
});

describe('strongestClaims', () => {
  it.each([
    [
      'evidence before confidence',
      claim({ confidence: 'low' }),
      claim({ evidence: 'hotfix', confidence: 'high' }),
    ],
    ['confidence before recovery', claim({ recoveredAt: 60, recoveredBy: 6 }), claim({ confidence: 'low' })],
    ['the earlier recovery', claim({ recoveredAt: 40, recoveredBy: 4 }), claim({})],
    ['the earlier in order at the same instant', claim({ recoveredBy: 4 }), claim({})],
    ['a recovery before none', claim({}), claim({ recoveredAt: null, recoveredBy: null })],
    ['a deployment before an unnamed recovery', claim({}), claim({ recoveredBy: null })],
  ])('takes %s, whichever comes first', (_, stronger, weaker) => {
    expect(strongestClaims([stronger, weaker]).get(1)).toBe(stronger);
    expect(strongestClaims([weaker, stronger]).get(1)).toBe(stronger);
  });

  it('keeps an open failure open', () => {
    const open = claim({ recoveredAt: null, recoveredBy: null });
    expect(strongestClaims([open]).get(1)).toBe(open);
  });

  it('speaks of each deployment apart', () => {
    expect([...strongestClaims([claim({}), claim({ deployment: 2 })]).keys()]).toEqual([1, 2]);
  });
});
