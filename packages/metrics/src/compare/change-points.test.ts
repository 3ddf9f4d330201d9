import { describe, expect, it } from 'vitest';
import { changePoints, pettitt } from './change-points.ts';
import { random, randomNormal } from '../../test/noise.ts';

const level = (around: number): number[] => [0, 3, 1, 2, -1, -3, -2, 0].map((step) => around + step);

describe('change points', () => {
  it('are found where the level moved', () => {
    // Each of the 8 values before is below each of the 8 after: K = 64, p = 2·exp(−6 · 4096 ÷ (4096 + 256)) = 0.00705.
    const series = [...level(20), ...level(40)];
    expect(pettitt(series)?.pValue).toBeCloseTo(0.00705, 4);
    expect(changePoints(series)).toMatchObject([{ index: 8, before: 20, after: 40 }]);
  });

  it('count gaps as places, not as values', () => {
    const series = [null, ...level(20), null, null, ...level(40)];
    expect(changePoints(series)).toMatchObject([{ index: 11, before: 20, after: 40 }]);
  });

  it('are found more than once', () => {
    const long = (around: number): number[] => [...level(around), ...level(around)];
    const found = changePoints([...long(20), ...long(60), ...long(40)]);
    expect(found.map(({ index, before, after }) => [index, before, after])).toEqual([
      [16, 20, 60],
      [32, 60, 40],
    ]);
  });

  it('are not looked for in fewer than sixteen values', () => {
    expect(changePoints([...level(1), ...level(900).slice(1)])).toEqual([]);
  });

  it('are seldom found in pure noise', () => {
    const next = random(11);
    let wrong = 0;
    for (let trial = 0; trial < 1000; trial += 1) {
      const series = Array.from({ length: 52 }, () => Math.exp(randomNormal(next)));
      if (changePoints(series).length > 0) wrong += 1;
    }
    expect(wrong / 1000).toBeLessThan(0.02);
  });
});
