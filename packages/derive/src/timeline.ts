import type { Instant } from '@bellwether/core';

/** A value that changes at instants, and stays in between. */
export interface Timeline<Value> {
  at: (instant: Instant) => Value;
  /** From when each value holds; the first from the beginning of time. */
  steps: readonly { from: Instant; value: Value }[];
}

/** @param steps in order of time; the first should begin at `-Infinity` */
export function timeline<Value>(steps: readonly { from: Instant; value: Value }[]): Timeline<Value> {
  const merged = steps.filter(({ value }, index) => index === 0 || value !== steps[index - 1]?.value);
  const [first] = merged;
  if (first === undefined) throw new RangeError('a timeline needs a value');
  return {
    steps: merged,
    at(instant) {
      let [low, high] = [0, merged.length];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((merged[middle]?.from ?? Infinity) <= instant) low = middle + 1;
        else high = middle;
      }
      return (merged[low - 1] ?? first).value;
    },
  };
}

/** Samples a function that can only change at the given instants. */
export function sampled<Value>(
  boundaries: Iterable<Instant>,
  valueAt: (instant: Instant) => Value,
): Timeline<Value> {
  const instants = [...new Set([-Infinity, ...boundaries])].sort((a, b) => a - b);
  return timeline(instants.map((from) => ({ from, value: valueAt(from) })));
}
