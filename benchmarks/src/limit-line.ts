/** A line of a benchmark's answer: what was measured, and whether it keeps to its limit. */
export function limitLine(
  name: string,
  value: number,
  limit: { readonly atLeast: number } | { readonly atMost: number } | null = null,
  unit = '',
): string {
  const shown = `${name.padEnd(44)} ${number(value).padStart(11)}${unit === '' ? '' : ` ${unit}`}`;
  if (limit === null) return shown;
  const isWithin = 'atLeast' in limit ? value >= limit.atLeast : value <= limit.atMost;
  const said = 'atLeast' in limit ? `at least ${number(limit.atLeast)}` : `at most ${number(limit.atMost)}`;
  return `${shown}   ${said}: ${isWithin ? 'within' : 'OUTSIDE'}`;
}

function number(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 10 ? 2 : 0 });
}
