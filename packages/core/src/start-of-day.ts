import type { Instant } from './clock.ts';

/**
 * The instant at which a civil day begins in a time zone.
 *
 * @param day `2026-01-31`, a day that exists
 */
export function startOfDay(day: string, timeZone: string): Instant {
  const utcMidnight = Date.parse(`${day}T00:00:00Z`);
  const guess = utcMidnight - offset(utcMidnight, timeZone);
  // The offset may change between the guess and midnight UTC; once more settles it.
  return utcMidnight - offset(guess, timeZone);
}

function offset(instant: Instant, timeZone: string): number {
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
