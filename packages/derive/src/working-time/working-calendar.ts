import type { Config, Instant } from '@bellwether/core';
import { offsetReader, offsetSegments } from './zone-offsets.ts';

/** When people of one time zone work. */
export interface WorkingCalendar {
  readonly timeZone: string;
  /**
   * Working seconds between a fixed but arbitrary second and this one: the difference of two answers is the working
   * time between them, so that adjacent stretches always add up.
   *
   * @param second whole seconds since 1970
   */
  secondsUntil(second: number): number;
  isWorkingTime(at: Instant): boolean;
}

export type BusinessHours = Config['businessHours'];

/** The working time of one year of UTC: stretches in order, and how much was worked before each of them. */
interface Year {
  /** Of UTC, in seconds since 1970. */
  from: number;
  to: number;
  /** Working seconds between the calendar's fixed second and the beginning of the year. */
  before: number;
  total: number;
  starts: Float64Array;
  ends: Float64Array;
  workedBefore: Float64Array;
}

const DAY = 86_400;
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/**
 * The calendar of a time zone. It works out a year when it is first asked about it, some three milliseconds, and then
 * answers in the time of a binary search over a year's working days.
 *
 * An hour that the clock shows twice in autumn is two hours of work where it lies in business hours, one that it
 * skips in spring is none.
 *
 * @throws RangeError where the engine does not know the zone
 */
export function workingCalendar(hours: BusinessHours, timeZone: string): WorkingCalendar {
  const offsetAt = offsetReader(timeZone);
  const isWorkday = workdayTest(hours);
  const [opens, closes] = [secondsOfDay(hours.from), secondsOfDay(hours.to)];
  const buildYear = (year: number): Omit<Year, 'before'> => {
    const stretches: [number, number][] = [];
    const [begins, ends] = [startOf(year), startOf(year + 1)];
    for (const { from, to, offset } of offsetSegments(offsetAt, begins, ends)) {
      const lastDay = Math.floor((to + offset) / DAY);
      for (let day = Math.floor((from + offset) / DAY); day <= lastDay; day += 1) {
        if (!isWorkday(day)) continue;
        const start = Math.max(from, day * DAY + opens - offset);
        const end = Math.min(to, day * DAY + closes - offset);
        if (start < end) stretches.push([start, end]);
      }
    }
    return { from: begins, to: ends, ...tabulate(stretches) };
  };
  const yearOf = yearBook(buildYear);
  let latest: Year | undefined;
  // Questions come in bunches about one time, and to ask a date for its year costs more than the search.
  const yearAt = (second: number): Year => {
    if (latest === undefined || second < latest.from || second >= latest.to) {
      latest = yearOf(new Date(second * 1000).getUTCFullYear());
    }
    return latest;
  };
  return {
    timeZone,
    secondsUntil(second) {
      const year = yearAt(second);
      const index = lastStarted(year.starts, second);
      if (index === -1) return year.before;
      const inside = Math.min(second, year.ends[index]!) - year.starts[index]!;
      return year.before + year.workedBefore[index]! + inside;
    },
    isWorkingTime(at) {
      const second = Math.floor(at / 1000);
      const { starts, ends } = yearAt(second);
      const index = lastStarted(starts, second);
      return index !== -1 && second < ends[index]!;
    },
  };
}

/** Years without a hole between them, counted from the first that was asked about. */
function yearBook(build: (year: number) => Omit<Year, 'before'>): (year: number) => Year {
  const years = new Map<number, Year>();
  let [first, last] = [0, -1];
  return (wanted) => {
    const known = years.get(wanted);
    if (known !== undefined) return known;
    if (years.size === 0) {
      [first, last] = [wanted, wanted];
      years.set(wanted, { ...build(wanted), before: 0 });
    }
    for (; last < wanted; last += 1) {
      const { before, total } = years.get(last)!;
      years.set(last + 1, { ...build(last + 1), before: before + total });
    }
    for (; first > wanted; first -= 1) {
      const earlier = build(first - 1);
      years.set(first - 1, { ...earlier, before: years.get(first)!.before - earlier.total });
    }
    return years.get(wanted)!;
  };
}

function tabulate(stretches: readonly (readonly [number, number])[]): Omit<Year, 'before' | 'from' | 'to'> {
  const workedBefore = new Float64Array(stretches.length);
  let total = 0;
  stretches.forEach(([start, end], index) => {
    workedBefore[index] = total;
    total += end - start;
  });
  return {
    total,
    starts: Float64Array.from(stretches, ([start]) => start),
    ends: Float64Array.from(stretches, ([, end]) => end),
    workedBefore,
  };
}

/** Position of the last stretch that began by then; -1 for none. */
function lastStarted(starts: Float64Array, second: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts[middle]! <= second) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function workdayTest({ days, holidays }: BusinessHours): (day: number) => boolean {
  const working = new Set<number>(days.map((name) => weekdays.indexOf(name)));
  const free = new Set(holidays.map((date) => Date.parse(`${date}T00:00:00Z`) / 1000 / DAY));
  // 1 January 1970 was a Thursday.
  return (day) => working.has((((day + 4) % 7) + 7) % 7) && !free.has(day);
}

/** `09:30` as seconds since midnight. */
function secondsOfDay(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 3600 + minute * 60;
}

function startOf(year: number): number {
  return Date.UTC(year, 0, 1) / 1000;
}
