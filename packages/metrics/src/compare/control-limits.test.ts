import { describe, expect, it } from 'vitest';
import { controlLimits, signals } from './control-limits.ts';
import { random, randomNormal } from '../../test/noise.ts';

// NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: the flow rate of ten batches.
const flowRate = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];

describe('control limits', () => {
  it("are those of the handbook's example", () => {
    const limits = controlLimits(flowRate);
    // Sum 508.1 ÷ 10; moving ranges 2.0 2.3 1.4 3.5 3.4 1.4 0.2 1.2 1.5, mean 16.9 ÷ 9 = 1.8778; 2.66 · 1.8778 = 4.995.
    expect(limits?.centre).toBeCloseTo(50.81, 10);
    expect(limits?.upper).toBeCloseTo(55.804, 2);
    expect(limits?.lower).toBeCloseTo(45.816, 2);
    expect(limits?.largestStep).toBeCloseTo(6.137, 2);
    expect(limits && signals(flowRate, limits)).toEqual([]);
  });

  it('are none for fewer than ten values, or where gaps leave too few steps', () => {
    expect(controlLimits(flowRate.slice(1))).toBeNull();
    expect(controlLimits(flowRate.flatMap((value) => [value, null]))).toBeNull();
  });

  it('stay where the figure has to stay', () => {
    const limits = controlLimits([0, 1, 0, 1, 0, 1, 0, 1, 0, 1], { least: 0, most: 1 });
    // Centre 0.5, steps of 1: 0.5 ± 2.66 would leave the share.
    expect(limits).toMatchObject({ centre: 0.5, lower: 0, upper: 1 });
  });

  it('show the value that breaks them, and the eighth in a row on one side', () => {
    const limits = { centre: 10, lower: 4, upper: 16, largestStep: 9, n: 20 };
    expect(signals([9, 17, 3, null, 11], limits)).toEqual([
      { index: 1, why: 'above' },
      { index: 2, why: 'below' },
    ]);
    expect(signals([11, 11, 11, 11, null, 11, 11, 11, 12], limits)).toEqual([{ index: 8, why: 'run' }]);
  });

  it('seldom find a signal in the next value of pure noise', () => {
    const next = random(7);
    let wrong = 0;
    for (let trial = 0; trial < 2000; trial += 1) {
      const series = Array.from({ length: 27 }, () => 100 + 10 * randomNormal(next));
      const limits = controlLimits(series.slice(0, 26))!;
      if (signals(series, limits).some(({ index }) => index === 26)) wrong += 1;
    }
    // Three sigma: 0.3%; the run of eight: 2 ÷ 2⁸ = 0.8%; limits from 26 values are themselves uncertain.
    expect(wrong / 2000).toBeLessThan(0.03);
  });
});
