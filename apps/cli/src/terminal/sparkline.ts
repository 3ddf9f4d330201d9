const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** More would break the line, and nobody counts them. */
const BARS_SHOWN = 60;

/** One bar per period, of the last sixty, from zero to the greatest value; a period without data is a gap, not a zero. */
export function sparkline(all: readonly (number | null)[]): string {
  const values = all.slice(-BARS_SHOWN);
  const greatest = Math.max(...values.map((value) => value ?? 0));
  return values
    .map((value) => {
      if (value === null) return '·';
      if (greatest === 0) return bars[0];
      return bars[Math.min(bars.length - 1, Math.floor((value / greatest) * bars.length))];
    })
    .join('');
}
