import type { Report } from '@bellwether/metrics';

/** The name of a period in its own time zone: `Mar 2026`, `Q1 2026`, `2 Mar 2026` for a week by its Monday. */
export function periodName(start: number, grain: Report['grain'], timeZone: string): string {
  const parts = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat('en-GB', { timeZone, ...options }).format(start);
  if (grain === 'month') return parts({ month: 'short', year: 'numeric' });
  if (grain === 'week') return parts({ day: 'numeric', month: 'short', year: 'numeric' });
  const quarter = Math.ceil(Number(parts({ month: 'numeric' })) / 3);
  return `Q${String(quarter)} ${parts({ year: 'numeric' })}`;
}

/** `13 Apr 2026`. */
export function dayName(instant: number, timeZone: string): string {
  return periodName(instant, 'week', timeZone);
}
