import { BellwetherError } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import { parseDay } from './parse-day.ts';

const end = Date.UTC(2026, 4, 31, 12);
const parse = (text: string, timeZone = 'UTC'): string =>
  new Date(parseDay('--since', text, end, timeZone)).toISOString();

describe('parseDay', () => {
  it.each([
    ['2026-01-31', 'UTC', '2026-01-31T00:00:00.000Z'],
    ['2026-01-31', 'Europe/Berlin', '2026-01-30T23:00:00.000Z'],
    // Clocks go forward at 02:00 on that day, so midnight is still winter time; the next day is summer time.
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
    ['2026-01-31', 'America/New_York', '2026-01-31T05:00:00.000Z'],
    ['2026-01-31', 'Pacific/Auckland', '2026-01-30T11:00:00.000Z'],
  ])('takes %s in %s as its midnight', (text, zone, instant) => {
    expect(parse(text, zone)).toBe(instant);
  });

  it.each([
    ['90d', '2026-03-02T12:00:00.000Z'],
    ['2w', '2026-05-17T12:00:00.000Z'],
    // February has no 31st: its last day stands in.
    ['3m', '2026-02-28T12:00:00.000Z'],
    ['2y', '2024-05-31T12:00:00.000Z'],
  ])('counts %s back from the end', (text, instant) => {
    expect(parse(text)).toBe(instant);
  });

  it.each(['yesterday', '2026-02-31', '2026-13-01', '31.01.2026', '', '1969-12-31', '-5d'])(
    'refuses "%s"',
    (text) => {
      expect(() => parse(text)).toThrow(BellwetherError);
    },
  );
});
