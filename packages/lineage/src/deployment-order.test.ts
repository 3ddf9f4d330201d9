import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byTimeThenRef, compareBytewise } from './deployment-order.ts';

describe('byTimeThenRef', () => {
  it('orders by time, and within an instant by ref', () => {
    const deployments = [
      { finishedAt: 2, ref: 'v1.0.2' },
      { finishedAt: 1, ref: 'v1.0.1' },
      { finishedAt: 1, ref: 'pkg@1.0.1' },
      { finishedAt: 1, ref: 'V1' },
    ];
    expect(deployments.toSorted(byTimeThenRef).map(({ ref }) => ref)).toEqual([
      'V1',
      'pkg@1.0.1',
      'v1.0.1',
      'v1.0.2',
    ]);
  });

  it('calls the same ref at the same instant equal', () => {
    expect(byTimeThenRef({ finishedAt: 1, ref: 'a' }, { finishedAt: 1, ref: 'a' })).toBe(0);
  });
});

describe('compareBytewise', () => {
  it('puts an emoji after U+FF5E, where JavaScript puts it before', () => {
    expect(compareBytewise('v😀', 'v\uff5e')).toBeGreaterThan(0);
    expect('v😀' < 'v\uff5e').toBe(true);
  });

  it('puts a prefix first', () => {
    expect(compareBytewise('v1', 'v1.0')).toBeLessThan(0);
  });

  it('agrees with the order of the UTF-8 bytes', () => {
    const text = fc.string({ unit: 'binary', maxLength: 5 });
    const close = fc.tuple(text, text, text).map(([shared, a, b]) => [shared + a, shared + b] as const);
    fc.assert(
      fc.property(close, ([a, b]) => {
        expect(Math.sign(compareBytewise(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
      { numRuns: 1000 },
    );
  });
});
