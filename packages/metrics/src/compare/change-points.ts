import { SIGNIFICANCE } from './verdict.ts';

/** A series was at one level before, and at another from here on. */
export interface ChangePoint {
  /** The first value of the new level. */
  index: number;
  /** Medians of the values before it, back to the change before, and after it, up to the next. */
  before: number;
  after: number;
  pValue: number;
}

/** On either side of a change: shorter than that, and it may as well be a few odd weeks. */
const MINIMUM_SIDE = 8;

/**
 * Where the level of a series changed, by Pettitt's test (Pettitt, A non-parametric approach to the change-point
 * problem, Applied Statistics 28, 1979): the split at which the values before and after differ most in rank. p ≈
 * 2·exp(−6K² ÷ (n³ + n²)). Applied again to both sides of what it finds, each time at half the level, so that a long
 * series is not searched until something turns up. A slow drift is found as one or two steps.
 *
 * @param values in order of time; null where a period has no figure, which is passed over
 */
export function changePoints(values: readonly (number | null)[]): ChangePoint[] {
  const known = values.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
  const series = known.map(({ value }) => value);
  const splits = split(series, 0, SIGNIFICANCE).sort((a, b) => a.at - b.at);
  return splits.map(({ at, pValue }, number) => ({
    index: known[at]!.index,
    before: median(series.slice(splits[number - 1]?.at ?? 0, at)),
    after: median(series.slice(at, splits[number + 1]?.at)),
    pValue,
  }));
}

interface Split {
  at: number;
  pValue: number;
}

function split(series: readonly number[], offset: number, level: number): Split[] {
  const found = pettitt(series);
  if (found === null || found.pValue >= level) return [];
  return [
    ...split(series.slice(0, found.at), offset, level / 2),
    { at: offset + found.at, pValue: found.pValue },
    ...split(series.slice(found.at), offset + found.at, level / 2),
  ];
}

/** The most unequal split with `MINIMUM_SIDE` values on either side; null where there are too few. */
export function pettitt(series: readonly number[]): Split | null {
  const n = series.length;
  if (n < 2 * MINIMUM_SIDE) return null;
  let best = { at: 0, size: -1 };
  let sum = 0;
  for (const [index, value] of series.entries()) {
    // U grows by the signs of each value against all others: those before it cancel out.
    for (const other of series) sum += Math.sign(value - other);
    const at = index + 1;
    if (at < MINIMUM_SIDE || n - at < MINIMUM_SIDE) continue;
    if (Math.abs(sum) > best.size) best = { at, size: Math.abs(sum) };
  }
  return { at: best.at, pValue: Math.min(1, 2 * Math.exp((-6 * best.size ** 2) / (n ** 3 + n ** 2))) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
