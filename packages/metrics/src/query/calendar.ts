import { usageError } from '@bellwether/core';
import type { Dialect } from './dialect.ts';
import type { Grain, Period } from './request.ts';

/** The SQL of a window and its periods. Periods are keyed by the civil date on which they begin in the time zone. */
export interface Calendar {
  /** Names that the statement declares first; the other expressions use them. */
  declarations: readonly { name: string; sql: string }[];
  since: string;
  until: string;
  /** The name of the time zone. */
  timeZone: string;
  /** The period (Date) in which an instant lies. */
  periodOf(instant: string): string;
  /** The position in the window (from 0) of the period in which an instant lies; negative before the window. */
  positionOf(instant: string): string;
  /** How many periods the window touches. */
  count: string;
  /** The period (Date) at a position. */
  periodAt(position: string): string;
  /** The first instant of a period, DateTime64(3, 'UTC'). A day that begins at 01:00, as some do in spring, begins there. */
  startOf(period: string): string;
  /** The first instant after a period. */
  endOf(period: string): string;
  /** Whether the window cuts a period off. */
  isPartial(start: string, end: string): string;
}

const FUNCTIONS: Record<
  Exclude<Grain, 'whole'>,
  { truncate: (at: string, zone: string) => string; add: string }
> = {
  // Mode 1 is Monday; the default is Sunday.
  week: { truncate: (at, zone) => `toStartOfWeek(${at}, 1, ${zone})`, add: 'addWeeks' },
  month: { truncate: (at, zone) => `toStartOfMonth(${at}, ${zone})`, add: 'addMonths' },
  quarter: { truncate: (at, zone) => `toStartOfQuarter(${at}, ${zone})`, add: 'addQuarters' },
};

/**
 * @throws BellwetherError `period-invalid` or `time-zone-unknown`
 */
export function calendar(period: Period, dialect: Dialect): Calendar {
  check(period);
  // A placeholder and not a declared name: the engine wants time zones constant.
  const zone = dialect.text('time_zone', knownTimeZone(period.timeZone));
  const since = 'window_since';
  const until = 'window_until';
  const window = [
    { name: since, sql: dialect.instant('since', period.since) },
    { name: until, sql: dialect.instant('until', period.until) },
  ];
  if (period.grain === 'whole') {
    return {
      declarations: window,
      since,
      until,
      timeZone: zone,
      periodOf: () => 'toDate(0)',
      positionOf: () => '0',
      count: '1',
      periodAt: () => 'toDate(0)',
      startOf: () => since,
      endOf: () => until,
      isPartial: () => 'false',
    };
  }
  const { grain } = period;
  const { truncate, add } = FUNCTIONS[grain];
  const first = 'first_period';
  const positionOf = (instant: string): string =>
    `dateDiff('${grain}', ${first}, ${truncate(instant, zone)})`;
  const startOf = (date: string): string => `toTimeZone(toDateTime64(${date}, 3, ${zone}), 'UTC')`;
  return {
    declarations: [
      ...window,
      { name: first, sql: truncate(since, zone) },
      { name: 'period_count', sql: `${positionOf(`${until} - toIntervalMillisecond(1)`)} + 1` },
    ],
    since,
    until,
    timeZone: zone,
    periodOf: (instant) => truncate(instant, zone),
    positionOf,
    count: 'period_count',
    periodAt: (position) => `${add}(${first}, ${position})`,
    startOf,
    endOf: (date) => startOf(`${add}(${date}, 1)`),
    isPartial: (start, end) => `${start} < ${since} OR ${end} > ${until}`,
  };
}

// Dates before 1970 fold onto 1970 in the engine's week function, and 32-bit instants end in 2106.
const EARLIEST = Date.UTC(1971, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);
const WEEK_MS = 7 * 86_400_000;
const MOST_WEEKS = 5_300;

function check({ since, until, grain }: Period): void {
  const refuse = (message: string): never => {
    throw usageError(
      'period-invalid',
      message,
      'Give a beginning before the end, both between 1971 and 2100.',
    );
  };
  if (since >= until) refuse('The period ends before it begins.');
  if (until > LATEST) refuse('The period ends after 2100.');
  if (grain === 'whole') return;
  if (since < EARLIEST) refuse(`Periods by ${grain} cannot begin before 1971.`);
  if ((until - since) / WEEK_MS > MOST_WEEKS) refuse('The period is longer than a hundred years.');
}

/** The name as the engine spells it: it knows no offsets, and minds the case. */
function knownTimeZone(name: string): string {
  try {
    if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name)) throw new RangeError(name);
    new Intl.DateTimeFormat('en', { timeZone: name });
  } catch (error) {
    throw usageError(
      'time-zone-unknown',
      `${JSON.stringify(name)} is not a time zone.`,
      'Use a name of the IANA list, such as UTC or Europe/Berlin.',
      error,
    );
  }
  const lower = name.toLowerCase();
  return Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase() === lower) ?? name;
}
