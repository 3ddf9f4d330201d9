import type { Instant } from '@bellwether/core';
import { type BusinessHours, workingCalendar, type WorkingCalendar } from './working-calendar.ts';

/**
 * The working time between two instants, in whole seconds; 0 where `to` is not later.
 *
 * Both are cut to whole seconds before, not after: so the working time of adjacent stretches adds up exactly.
 */
export function businessSeconds(from: Instant, to: Instant, calendar: WorkingCalendar): number {
  const [start, end] = [wholeSecond(from), wholeSecond(to)];
  return end <= start ? 0 : calendar.secondsUntil(end) - calendar.secondsUntil(start);
}

/** The second that an instant lies in, since 1970. */
export function wholeSecond(at: Instant): number {
  return Math.floor(at / 1000);
}

/** The calendars of all time zones, each made once. Keep it for as long as the rules are the same. */
export function workingCalendars(hours: BusinessHours): (timeZone: string) => WorkingCalendar {
  const calendars = new Map<string, WorkingCalendar>();
  return (timeZone) => {
    let calendar = calendars.get(timeZone);
    if (calendar === undefined) {
      calendar = workingCalendar(hours, timeZone);
      calendars.set(timeZone, calendar);
    }
    return calendar;
  };
}
