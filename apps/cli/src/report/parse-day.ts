import { startOfDay, usageError } from '@bellwether/core';

const DAY = 86_400_000;

/**
 * `2026-01-31` as the beginning of that day in the time zone, or `90d`, `12w`, `6m`, `2y` before `end`. Months and
 * years are counted in the calendar.
 *
 * @throws BellwetherError `usage`
 */
export function parseDay(flag: string, text: string, end: number, timeZone: string): number {
  const span = /^(\d{1,4})([dwmy])$/.exec(text);
  if (span !== null) return before(end, Number(span[1]), span[2] ?? 'd');
  const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const utc = date === null ? Number.NaN : Date.parse(`${text}T00:00:00Z`);
  // Date.parse takes 31 February for 3 March in some engines; the round trip does not.
  if (Number.isNaN(utc) || new Date(utc).toISOString().slice(0, 10) !== text || utc < 0) {
    throw usageError(
      'usage',
      `${flag} cannot be "${text}".`,
      'Use a date such as 2026-01-31, or a span such as 90d, 12w, 6m or 2y.',
    );
  }
  return startOfDay(text, timeZone);
}

function before(end: number, count: number, unit: string): number {
  if (unit === 'd') return end - count * DAY;
  if (unit === 'w') return end - count * 7 * DAY;
  const date = new Date(end);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - (unit === 'y' ? count * 12 : count));
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return Math.max(0, date.getTime());
}
