import { Config } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import { businessSeconds, workingCalendars } from './business-seconds.ts';
import { type BusinessHours, workingCalendar } from './working-calendar.ts';

const usual = Config.parse({}).businessHours;
const allDay: BusinessHours = {
  days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
  from: '00:00',
  to: '24:00',
  holidays: [],
};

const hour = 3600;
const at = (text: string): number => Date.parse(text);

/**
 * The same by looking at the clock on the wall once a minute: no intervals, no offsets. Only for spans that begin and
 * end on whole minutes.
 */
function minuteByMinute(from: number, to: number, hours: BusinessHours, timeZone: string): number {
  const clock = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    weekday: 'long',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  let minutes = 0;
  for (let instant = from; instant < to; instant += 60_000) {
    const shown = new Map(clock.formatToParts(instant).map(({ type, value }) => [type, value]));
    const date = `${shown.get('year') ?? ''}-${shown.get('month') ?? ''}-${shown.get('day') ?? ''}`;
    const time = `${shown.get('hour') ?? ''}:${shown.get('minute') ?? ''}`;
    const weekday = (shown.get('weekday') ?? '').toLowerCase();
    const isWorkday = hours.days.some((day) => day === weekday) && !hours.holidays.includes(date);
    if (isWorkday && time >= hours.from && time < hours.to) minutes += 1;
  }
  return minutes * 60;
}

describe('working time', () => {
  it('leaves out nights and weekends', () => {
    const berlin = workingCalendar(usual, 'Europe/Berlin');
    // Friday 16:00 to Monday 10:00 in Berlin, which is UTC+1 in winter: one hour on Friday, one on Monday.
    const [from, to] = [at('2024-01-12T15:00:00Z'), at('2024-01-15T09:00:00Z')];
    expect(businessSeconds(from, to, berlin)).toBe(2 * hour);
    expect(businessSeconds(to, from, berlin)).toBe(0);
  });

  it('leaves out holidays, which are days of the zone', () => {
    const auckland = workingCalendar({ ...usual, holidays: ['2024-01-09'] }, 'Pacific/Auckland');
    // Tuesday the 9th in Auckland (UTC+13) is 8 January 11:00 to 9 January 11:00 UTC.
    expect(businessSeconds(at('2024-01-08T11:00:00Z'), at('2024-01-09T11:00:00Z'), auckland)).toBe(0);
    expect(businessSeconds(at('2024-01-09T11:00:00Z'), at('2024-01-10T11:00:00Z'), auckland)).toBe(8 * hour);
  });

  it('counts the hour that autumn has twice, and not the one that spring leaves out', () => {
    const berlin = workingCalendar(allDay, 'Europe/Berlin');
    // 31 March 2024 has 23 hours there, 27 October 25.
    expect(businessSeconds(at('2024-03-30T23:00:00Z'), at('2024-03-31T22:00:00Z'), berlin)).toBe(23 * hour);
    expect(businessSeconds(at('2024-10-26T22:00:00Z'), at('2024-10-27T23:00:00Z'), berlin)).toBe(25 * hour);
  });

  it('knows whether somebody works at an instant; the end of a day is after work', () => {
    const utc = workingCalendar(usual, 'UTC');
    const instants = ['08:59:59.999', '09:00', '16:59:59.999', '17:00'];
    expect(instants.map((time) => utc.isWorkingTime(at(`2024-01-08T${time}Z`)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(utc.isWorkingTime(at('2024-01-13T12:00Z'))).toBe(false);
  });

  it('knows it in the first second of a year as well', () => {
    const utc = workingCalendar(allDay, 'UTC');
    const newYear = at('2024-01-01T00:00Z');
    expect([newYear - 1, newYear].map((instant) => utc.isWorkingTime(instant))).toEqual([true, true]);
    expect(businessSeconds(newYear - 2000, newYear + 3000, utc)).toBe(5);
  });

  it('cuts instants to whole seconds before it subtracts, so that adjacent stretches add up', () => {
    const utc = workingCalendar(usual, 'UTC');
    const [a, b, c] = [
      at('2024-01-08T10:00:00.900Z'),
      at('2024-01-08T10:00:02.100Z'),
      at('2024-01-08T10:00:04Z'),
    ];
    // Seconds 0, 2 and 4.
    expect([businessSeconds(a, b, utc), businessSeconds(b, c, utc), businessSeconds(a, c, utc)]).toEqual([
      2, 2, 4,
    ]);
  });

  it('adds up over years, in whatever order it is asked about them', () => {
    const forwards = workingCalendar(usual, 'Europe/Berlin');
    const backwards = workingCalendar(usual, 'Europe/Berlin');
    const years = Array.from({ length: 12 }, (_, index) => Date.UTC(2014 + index, 0, 1));
    const ask = (calendar: typeof forwards, starts: readonly number[]): Map<number, number> =>
      new Map(starts.map((start) => [start, businessSeconds(start, start + 400 * 86_400_000, calendar)]));
    const inOrder = ask(forwards, years);
    const reversed = ask(backwards, years.toReversed());
    expect([...inOrder]).toEqual([...reversed].toReversed());
    const whole = businessSeconds(years[0]!, years[11]!, backwards);
    const parts = years
      .slice(0, 11)
      .map((start, index) => businessSeconds(start, years[index + 1]!, forwards));
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(whole);
    // 2014 to 2024 had 2870 days from Monday to Friday: 365 × 8 + 366 × 3 = 4018 days are 574 weeks, 5 days each.
    expect(whole).toBe(2870 * 8 * hour);
  });

  it('makes one calendar per time zone', () => {
    const calendarOf = workingCalendars(usual);
    expect(calendarOf('Asia/Tokyo')).toBe(calendarOf('Asia/Tokyo'));
    expect(() => calendarOf('Mars/Olympus')).toThrow(RangeError);
  });
});

describe('working time, minute by minute', () => {
  const odd: BusinessHours = {
    days: ['saturday', 'sunday', 'monday', 'wednesday'],
    from: '01:30',
    to: '23:15',
    holidays: ['2024-04-01', '2011-12-31'],
  };
  it.each([
    // Summer time begins and ends; between the hemispheres; half an hour (Lord Howe); at midnight (Santiago, Beirut);
    // twice for Ramadan (Casablanca); a day that there never was (Apia); a quarter of an hour off (Kathmandu).
    ['Europe/Berlin', '2024-03-28', 6],
    ['Europe/Berlin', '2024-10-25', 5],
    ['America/New_York', '2024-03-08', 5],
    ['America/New_York', '2024-11-01', 5],
    ['Australia/Lord_Howe', '2024-04-05', 4],
    ['Australia/Lord_Howe', '2024-10-04', 4],
    ['America/Santiago', '2024-09-06', 4],
    ['Asia/Beirut', '2024-03-29', 4],
    ['Africa/Casablanca', '2024-03-08', 4],
    ['Africa/Casablanca', '2024-04-12', 4],
    ['Pacific/Apia', '2011-12-28', 6],
    ['Asia/Kathmandu', '2023-12-30', 4],
    ['America/Los_Angeles', '2023-12-29', 6],
  ])('%s from %s, %i days', (timeZone, from, days) => {
    const start = at(`${from}T00:00:00Z`);
    for (const hours of [usual, allDay, odd]) {
      const calendar = workingCalendar(hours, timeZone);
      for (let day = 0; day < days; day += 1) {
        // Off the hour, so that cuts fall into working hours, nights and changes of the clock.
        const [begin, end] = [start + day * 86_400_000 + day * 7_380_000, start + (day + 1) * 86_400_000];
        expect(businessSeconds(begin, end, calendar), `${hours.from} on day ${String(day)}`).toBe(
          minuteByMinute(begin, end, hours, timeZone),
        );
      }
    }
  });
});
