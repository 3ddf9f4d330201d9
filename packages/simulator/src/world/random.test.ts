import { expect, it } from 'vitest';
import { seededRandom } from './random.ts';

const draws = 20_000;

it('repeats itself for one seed, and forks without being moved', () => {
  const [a, b] = [seededRandom(4), seededRandom(4)];
  b.fork('elsewhere').next();
  expect(Array.from({ length: 50 }, a.next)).toEqual(Array.from({ length: 50 }, b.next));
  expect(seededRandom(4).fork('x').next()).not.toBe(seededRandom(4).fork('y').next());
  expect(seededRandom(4).next()).not.toBe(seededRandom(5).next());
});

it('draws by weight, and never what has none', () => {
  const random = seededRandom('weights');
  const counts = { often: 0, seldom: 0, never: 0 };
  for (let index = 0; index < draws; index++) counts[random.weighted({ often: 9, seldom: 1, never: 0 })] += 1;
  expect(counts.never).toBe(0);
  expect(counts.seldom / draws).toBeCloseTo(0.1, 1);
  expect(() => random.weighted({ a: 0 })).toThrow(RangeError);
});

it('keeps to the median and the mean that it is given', () => {
  const random = seededRandom('shapes');
  const durations = Array.from({ length: draws }, () => random.logNormal(8, 1)).sort((a, b) => a - b);
  const median = durations[draws / 2]!;
  expect(median).toBeGreaterThan(7.6);
  expect(median).toBeLessThan(8.4);
  let sum = 0;
  for (let index = 0; index < draws; index++) sum += random.exponential(3);
  expect(sum / draws).toBeGreaterThan(2.85);
  expect(sum / draws).toBeLessThan(3.15);
});

it('draws whole numbers with both ends', () => {
  const random = seededRandom(1);
  const drawn = new Set(Array.from({ length: 200 }, () => random.integer(2, 4)));
  expect([...drawn].sort()).toEqual([2, 3, 4]);
  expect(() => random.pick([])).toThrow(RangeError);
});
