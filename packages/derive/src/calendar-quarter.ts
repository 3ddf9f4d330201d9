import { type Instant, zonedInstant } from '@bellwether/core';

const starts = new Map<string, Map<number, Instant>>();

/**
 * Quarters since the year 0 in a time zone, so that they can be added and compared: 2024 Q1 is 8096.
 *
 * No clock is a whole quarter off, so the one in UTC is right or next to it.
 */
export function quarterOf(at: Instant, timeZone: string): number {
  const date = new Date(at);
  const rough = date.getUTCFullYear() * 4 + Math.floor(date.getUTCMonth() / 3);
  if (at < quarterStart(rough, timeZone)) return rough - 1;
  return at >= quarterStart(rough + 1, timeZone) ? rough + 1 : rough;
}

/** The instant at which a quarter begins in a time zone. */
export function quarterStart(quarter: number, timeZone: string): Instant {
  const known = starts.get(timeZone) ?? new Map<number, Instant>();
  starts.set(timeZone, known);
  let start = known.get(quarter);
  if (start === undefined) {
    start = zonedInstant(Date.UTC(Math.floor(quarter / 4), (quarter % 4) * 3), timeZone);
    known.set(quarter, start);
  }
  return start;
}
