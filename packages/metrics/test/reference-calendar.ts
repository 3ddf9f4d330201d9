import type { Grain } from '../src/query/request.ts';

/** A calendar written without the engine: civil days from `Intl`, everything else whole-day arithmetic. */

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** The civil day in a time zone, counted from 1970-01-01. */
function localDay(instant: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const [month, day, year] = format.format(instant).split('/').map(Number) as [number, number, number];
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

export interface ReferencePeriod {
  start: number;
  end: number;
}

/** The calendar periods that [since, until) touches. */
export function periods(since: number, until: number, grain: Grain, timeZone: string): ReferencePeriod[] {
  if (grain === 'whole') return [{ start: since, end: until }];
  const list: ReferencePeriod[] = [];
  let day = firstDay(localDay(since, timeZone), grain);
  while (startOfDay(day, timeZone) < until) {
    const next = nextDay(day, grain);
    list.push({ start: startOfDay(day, timeZone), end: startOfDay(next, timeZone) });
    day = next;
  }
  return list;
}

function firstDay(day: number, grain: Grain): number {
  // 1970-01-01 was a Thursday, three days after a Monday.
  if (grain === 'week') return day - ((day + 3) % 7);
  const date = new Date(day * DAY_MS);
  const month = grain === 'month' ? date.getUTCMonth() : Math.floor(date.getUTCMonth() / 3) * 3;
  return Date.UTC(date.getUTCFullYear(), month, 1) / DAY_MS;
}

function nextDay(day: number, grain: Grain): number {
  if (grain === 'week') return day + 7;
  const date = new Date(day * DAY_MS);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + (grain === 'month' ? 1 : 3), 1) / DAY_MS;
}

/** The first instant of a civil day, found by halving: no offset arithmetic, so no way to share its mistakes. */
function startOfDay(day: number, timeZone: string): number {
  let before = day * DAY_MS - 16 * 3_600_000;
  let after = day * DAY_MS + 16 * 3_600_000;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (localDay(middle, timeZone) >= day) after = middle;
    else before = middle;
  }
  return after;
}
