/** Seeded randomness: the same seed gives the same numbers on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number, both ends included. */
  integer(from: number, to: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** One of them. @throws RangeError when there is none. */
  pick<T>(from: readonly T[]): T;
  /** One of the keys, as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K;
  /** Positive, half of them below the median; a `spread` of 0 is always the median, 1 is wide. */
  logNormal(median: number, spread: number): number;
  /** Waiting time of a process without memory. */
  exponential(mean: number): number;
  /** Different numbers from the same seed, which do not depend on how many were drawn here. */
  fork(label: string): Random;
}

export function seededRandom(seed: number | string): Random {
  const origin = hash(String(seed));
  const next = mulberry32(origin);

  const integer = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    pick: (from) => {
      if (from.length === 0) throw new RangeError('nothing to pick from');
      return from[integer(0, from.length - 1)]!;
    },
    weighted: (weights) => pickWeighted(weights, next()),
    logNormal: (median, spread) => median * Math.exp(spread * normal(next)),
    exponential: (mean) => -Math.log(1 - next()) * mean,
    fork: (label) => seededRandom(`${origin}/${label}`),
  };
}

function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value;
}

function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

function pickWeighted<K extends string>(weights: Readonly<Record<K, number>>, drawn: number): K {
  const entries = Object.entries(weights) as [K, number][];
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  if (!(total > 0)) throw new RangeError('no weight is above zero');
  let left = drawn * total;
  for (const [key, weight] of entries) {
    left -= weight;
    if (left < 0) return key;
  }
  return entries.findLast(([, weight]) => weight > 0)![0];
}
