const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Seconds in the largest unit that leaves a number from 1 on: `3.5 h`, `12 min`. */
export function spanText(seconds: number): string {
  for (const [size, name] of [
    [DAY, 'd'],
    [HOUR, 'h'],
    [MINUTE, 'min'],
  ] as const) {
    if (Math.abs(seconds) >= size) return `${round(seconds / size)} ${name}`;
  }
  return `${round(seconds)} s`;
}

/** One decimal where it says something. */
export function round(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 1 });
}

/** The first word whose limit the value stays below; the last word has none. */
export function wordBelow(
  value: number,
  limits: readonly (readonly [number, string])[],
  last: string,
): string {
  return limits.find(([limit]) => value < limit)?.[1] ?? last;
}

export const spans = { MINUTE, HOUR, DAY } as const;
