import type { Random } from './random.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** When people work, in their own time zone. */
export interface WorkingHours {
  /** 9 is nine in the morning. */
  readonly from: number;
  readonly to: number;
  /** Share of what falls into nights and weekends and happens there all the same. */
  readonly offHoursShare: number;
}

/** The calendar of one world; remembers the offset of every day that it was asked for. */
export interface WorkingTime {
  /** The same instant where the person works then, else some time in the next working morning. */
  atWork(at: number, timeZone: string, random: Random): number;
  isAtWork(at: number, timeZone: string): boolean;
}

export function workingTime({ from, to, offHoursShare }: WorkingHours): WorkingTime {
  const offsets = new Map<string, number>();

  /** To the accuracy of a day: on the days when clocks change the hour may be off by one. */
  function offset(at: number, timeZone: string): number {
    const date = Math.floor(at / day);
    const key = `${timeZone}/${date}`;
    const known = offsets.get(key);
    if (known !== undefined) return known;
    const found = offsetOf(date * day, timeZone);
    offsets.set(key, found);
    return found;
  }

  function isAtWork(at: number, timeZone: string): boolean {
    const local = at + offset(at, timeZone);
    const hours = (local % day) / hour;
    return !isWeekend(local) && hours >= from && hours < to;
  }

  return {
    isAtWork,
    atWork: (at, timeZone, random) => {
      if (isAtWork(at, timeZone) || random.chance(offHoursShare)) return at;
      const shift = offset(at, timeZone);
      const local = at + shift;
      const isBeforeWork = (local % day) / hour < from;
      let morning = Math.floor(local / day) * day + (isBeforeWork ? 0 : day);
      while (isWeekend(morning)) morning += day;
      const delay = Math.min(random.exponential(1.5 * hour), (to - from) * hour * 0.9);
      return Math.floor((morning + from * hour + delay - shift) / 1000) * 1000;
    },
  };
}

function isWeekend(local: number): boolean {
  // 1 January 1970 was a Thursday.
  const weekday = (Math.floor(local / day) + 3) % 7;
  return weekday >= 5;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function offsetOf(at: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    formats.set(timeZone, format);
  }
  const text = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')!.value;
  const found = /GMT([+-])(\d\d):(\d\d)/.exec(text);
  if (!found) return 0;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  return (found[1] === '-' ? -minutes : minutes) * 60_000;
}
