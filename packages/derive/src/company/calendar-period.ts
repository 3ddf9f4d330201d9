import { type Instant, localTime, zonedInstant } from '@bellwether/core';

/** The beginning of the next week, month or quarter in a time zone, from the beginning of one. */
export function nextPeriod(grain: 'week' | 'month' | 'quarter', start: Instant, timeZone: string): Instant {
  const local = new Date(localTime(start, timeZone));
  const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()];
  const next = {
    week: Date.UTC(year, month, day + 7),
    month: Date.UTC(year, month + 1),
    quarter: Date.UTC(year, month + 3),
  };
  return zonedInstant(next[grain], timeZone);
}
