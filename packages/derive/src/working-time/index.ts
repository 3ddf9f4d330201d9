export { businessSeconds, wholeSecond, workingCalendars } from './business-seconds.ts';
export type { WorkingCalendar } from './working-calendar.ts';
