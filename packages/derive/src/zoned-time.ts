import type { Instant } from '@bellwether/core';

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the clock on the wall shows, as the instant at which a clock in UTC shows it. Whole seconds. */
export function localTime(at: Instant, timeZone: string): number {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, ...parts });
  formats.set(timeZone, format);
  const local = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const of = (type: Intl.DateTimeFormatPartTypes): number => local.get(type) ?? NaN;
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
}

/** The instant at which the clock on the wall shows `local`, given as UTC would. */
export function zonedInstant(local: number, timeZone: string): Instant {
  const offset = (at: Instant): number => localTime(at, timeZone) - at;
  // The second step matters where the offset changed in between.
  return local - offset(local - offset(local));
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
