const units: readonly [limit: number, size: number, name: string][] = [
  [90, 1, 's'],
  [90 * 60, 60, 'min'],
  [48 * 3600, 3600, 'h'],
  [Infinity, 86_400, 'd'],
];

/** Seconds as a person would say them: `45 s`, `12 min`, `3.4 h`, `12 d`. */
export function formatDuration(seconds: number): string {
  for (const [limit, size, name] of units) {
    if (seconds < limit) return `${formatFigure(seconds / size)} ${name}`;
  }
  return `${formatFigure(seconds)} s`;
}

/** Three figures at most, no trailing zeros: 3.42 → `3.4`, 42.1 → `42`, 0.04 → `0.04`. */
export function formatFigure(value: number): string {
  const magnitude = Math.abs(value);
  const digits = magnitude >= 10 || Number.isInteger(value) ? 0 : magnitude >= 0.1 ? 1 : 2;
  return formatNumber(value, digits);
}

/** 0.123 → `12%`, 0.045 → `4.5%`. Never 100% of less than all, never 0% of something. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) return '<0.1%';
  const rounded = Number(percent.toFixed(percent < 9.95 ? 1 : 0));
  return `${formatNumber(share < 1 ? Math.min(rounded, 99) : rounded, 1)}%`;
}

/** 27333 → `27,333`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en');
}

/** `1 repository`, `3 repositories`. */
export function formatAmount(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

function formatNumber(value: number, digits: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}
