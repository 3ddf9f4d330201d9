import { usageError } from '@bellwether/core';

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
  return startOfDay(utc, timeZone);
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

/** The instant at which clocks of the zone show midnight of the day that `utcMidnight` names. */
function startOfDay(utcMidnight: number, timeZone: string): number {
  const guess = utcMidnight - offset(utcMidnight, timeZone);
  // The offset may change between the guess and midnight UTC; once more settles it.
  return utcMidnight - offset(guess, timeZone);
}

function offset(instant: number, timeZone: string): number {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - instant;
}
