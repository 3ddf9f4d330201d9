import { describe, expect, it } from 'vitest';
import { binomialTest, fisherTest } from './exact-tests.ts';

const share = (numerator: number, denominator: number) => ({ numerator, denominator });

describe("Fisher's exact test", () => {
  it('gives the lady tasting tea what she deserves', () => {
    // Fisher, The Design of Experiments (1935): four of eight cups had the milk first. All four right: 1 in 70 on
    // either side, 2 ÷ 70. Three right: (16 + 1) ÷ 70 on either side, 34 ÷ 70.
    expect(fisherTest(share(4, 4), share(0, 4))).toBeCloseTo(2 / 70, 12);
    expect(fisherTest(share(3, 4), share(1, 4))).toBeCloseTo(34 / 70, 12);
  });

  it('finds no difference between equal shares, nor between nothing and nothing', () => {
    expect(fisherTest(share(5, 50), share(10, 100))).toBeCloseTo(1, 12);
    expect(fisherTest(share(0, 10), share(0, 30))).toBe(1);
  });

  it('knows large numbers', () => {
    // 5.0% and 5.5% of 100,000 each: pooled z = 0.005 ÷ √(2 · 0.0525 · 0.9475 ÷ 100,000) = 5.013, two-sided 5.4e-7.
    const p = fisherTest(share(5000, 100_000), share(5500, 100_000));
    expect(p).toBeGreaterThan(4e-7);
    expect(p).toBeLessThan(7e-7);
  });
});

describe('the exact binomial test', () => {
  it('agrees with sums of the binomial coefficients', () => {
    // At most 5 or at least 15 of 20 coins: 2 · (1 + 20 + 190 + 1140 + 4845 + 15504) ÷ 2^20 = 43400 ÷ 1048576.
    expect(binomialTest(15, 20, 0.5)).toBeCloseTo(43_400 / 1_048_576, 12);
    expect(binomialTest(10, 20, 0.5)).toBeCloseTo(1, 12);
    // 0 of 3 with 1 in 4: 27/64; no less likely are 3 (1/64) and 2 (9/64), equally likely is 1 (27/64): 64/64.
    expect(binomialTest(0, 3, 0.25)).toBeCloseTo(1, 12);
    // 3 of 3: nothing is less likely, 1/64.
    expect(binomialTest(3, 3, 0.25)).toBeCloseTo(1 / 64, 12);
  });

  it("agrees with the example of R's manual", () => {
    // Conover (1971), p. 97, as in ?binom.test: 682 of 925 plants, 3 in 4 expected: p = 0.3825.
    expect(binomialTest(682, 925, 0.75)).toBeCloseTo(0.3825, 4);
  });
});
