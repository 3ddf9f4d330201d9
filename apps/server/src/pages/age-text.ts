const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** How long ago something was, as one would say it: `3 hours ago`. */
export function ageText(ageMs: number): string {
  for (const [unit, length] of UNITS) {
    const count = Math.floor(ageMs / length);
    if (count >= 1) return `${count.toLocaleString('en-GB')} ${unit}${count === 1 ? '' : 's'} ago`;
  }
  return 'less than a minute ago';
}
