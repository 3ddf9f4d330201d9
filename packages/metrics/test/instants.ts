import fc from 'fast-check';
import type { Grain } from '../src/query/request.ts';
import { periods } from './reference-calendar.ts';

const timeZones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Auckland',
  // Half an hour of summer time, and days that begin at 01:00.
  'Australia/Lord_Howe',
  'America/Santiago',
] as const;

export const timeZone = fc.constantFrom(...timeZones);

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Around these instants calendars go wrong: changes of the clock, ends of years, quarters and February. */
const edges = [
  '2024-03-31T01:00Z', // Berlin springs forward
  '2023-10-29T01:00Z', // Berlin falls back
  '2024-03-10T07:00Z', // New York springs forward
  '2023-11-05T06:00Z', // New York falls back
  '2023-09-23T14:00Z', // Auckland springs forward
  '2024-04-06T14:00Z', // Auckland falls back
  '2023-09-03T04:00Z', // Santiago: the day begins at 01:00
  '2024-01-01T00:00Z',
  '2024-02-29T00:00Z',
  '2023-12-31T18:30Z', // the year begins in Kolkata
  '2024-06-30T12:00Z', // the quarter begins in Auckland
].map((text) => Date.parse(text));

const nearEdge = fc
  .tuple(
    fc.constantFrom(...edges),
    fc.oneof(
      fc.integer({ min: -90 * DAY_MS, max: 90 * DAY_MS }),
      fc.integer({ min: -60, max: 60 }).map((days) => days * DAY_MS),
      fc.integer({ min: -240, max: 240 }).map((halfHours) => (halfHours * HOUR_MS) / 2),
    ),
  )
  .map(([edge, offset]) => edge + offset);

const beginOfPeriod = fc
  .tuple(nearEdge, fc.constantFrom<Grain>('week', 'month', 'quarter'), timeZone)
  .map(([near, grain, zone]) => periods(near, near + 1, grain, zone)[0]?.start ?? near);

/** Within a quarter of an edge; often exactly where a period begins somewhere, or a millisecond beside it. */
export const instant = fc
  .tuple(fc.oneof(nearEdge, beginOfPeriod), fc.constantFrom(-1, 0, 0, 0, 1))
  .map(([near, nudge]) => near + nudge);
