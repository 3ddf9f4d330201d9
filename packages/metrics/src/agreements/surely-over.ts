import type { Config } from '@bellwether/core';

type BusinessHours = Config['businessHours'];

const DAY_MS = 86_400_000;

/**
 * Seconds of the wall clock that hold more than `limit` seconds of business hours, wherever they begin: whole weeks,
 * with as many holidays as ever fall into so many, and an hour for the change to winter time. It comes late rather than
 * early: what is called overdue is.
 *
 * @param daySeconds how long one business day is
 */
export function surelyOver(
  limit: number,
  daySeconds: number,
  { days, holidays }: Pick<BusinessHours, 'days' | 'holidays'>,
): number {
  const free = [...new Set(holidays)].map((day) => Date.parse(day) / DAY_MS).sort((a, b) => a - b);
  const daysPerWeek = new Set(days).size;
  let weeks = 1;
  while ((weeks * daysPerWeek - mostWithin(free, weeks * 7)) * daySeconds <= limit) weeks += 1;
  return weeks * 7 * 86_400 + 3_600;
}

/** How many of some days, sorted, lie at most `span` days apart: so many can meet a stretch that begins in mid-day. */
function mostWithin(days: readonly number[], span: number): number {
  let most = 0;
  let first = 0;
  days.forEach((day, last) => {
    while (day - days[first]! > span) first += 1;
    most = Math.max(most, last - first + 1);
  });
  return most;
}
