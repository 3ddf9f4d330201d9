import type { Instant } from './clock.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * What the clock on the wall shows, as the instant at which a clock in UTC shows it. Whole seconds.
 *
 * @throws RangeError for a time zone that nobody knows
 */
export function localTime(at: Instant, timeZone: string): number {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, ...parts });
  formats.set(timeZone, format);
  const local: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of format.formatToParts(at)) local[type] = Number(value);
  const { year = NaN, month = NaN, day = NaN, hour = NaN, minute = NaN, second = NaN } = local;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The instant at which the clock on the wall shows `local`, given as UTC would. */
export function zonedInstant(local: number, timeZone: string): Instant {
  const offset = (at: Instant): number => localTime(at, timeZone) - at;
  // The second step matters where the offset changed in between.
  return local - offset(local - offset(local));
}

/**
 * The instant at which a civil day begins in a time zone.
 *
 * @param day `2026-01-31`, a day that exists
 */
export function startOfDay(day: string, timeZone: string): Instant {
  return zonedInstant(Date.parse(`${day}T00:00:00Z`), timeZone);
}

const known = new Map<string, boolean>();

/** Whether a text names a time zone with a place; `+02:00` would not know summer time. */
export function isTimeZone(name: string): boolean {
  const remembered = known.get(name);
  if (remembered !== undefined) return remembered;
  const result = !/^[+-]/.test(name) && isKnown(name);
  known.set(name, result);
  return result;
}

function isKnown(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const parts = {
  calendar: 'gregory',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const;
