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

describe('evidence that does not know its end', () => {
  const incident = (changes: Partial<FailureClaim>): FailureClaim =>
    claim({ evidence: 'incident', confidence: 'high', failedAt: 20, recoveredBy: null, ...changes });

  it('is over with the repair that weaker evidence knows', () => {
    expect(strongestClaims([incident({ recoveredAt: null }), claim({})]).get(1)).toEqual(
      incident({ recoveredAt: 50, recoveredBy: 5 }),
    );
  });

  it('names the repair that was there when it was over, and none that came later', () => {
    expect(strongestClaims([claim({}), incident({ recoveredAt: 60 })]).get(1)).toMatchObject({
      recoveredAt: 60,
      recoveredBy: 5,
    });
    expect(strongestClaims([claim({}), incident({ recoveredAt: 40 })]).get(1)).toMatchObject({
      recoveredAt: 40,
      recoveredBy: null,
    });
  });

  it('takes the dates of a rollback that came before it was written down', () => {
    const rollback = claim({ evidence: 'rollback', confidence: 'high' });
    expect(strongestClaims([incident({ failedAt: 70, recoveredAt: 80 }), rollback]).get(1)).toEqual({
      ...rollback,
      evidence: 'incident',
    });
  });

  it('is not over with a fix that came before it began', () => {
    const late = incident({ failedAt: 70, recoveredAt: null });
    expect(strongestClaims([late, claim({})]).get(1)).toEqual(late);
  });

  it('that is only close in time is weaker than any other', () => {
    const near = claim({ evidence: 'incident-window', confidence: 'low', recoveredAt: 20 });
    const hotfix = claim({ evidence: 'hotfix', confidence: 'low' });
    expect(strongestClaims([near, hotfix]).get(1)).toBe(hotfix);
  });
});
