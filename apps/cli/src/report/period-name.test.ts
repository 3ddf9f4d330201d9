import { expect, it } from 'vitest';
import { periodName } from './period-name.ts';

it.each([
  ['2026-02-28T23:00:00Z', 'month', 'Europe/Berlin', 'Mar 2026'],
  ['2026-03-01T00:00:00Z', 'month', 'UTC', 'Mar 2026'],
  ['2026-03-31T22:00:00Z', 'quarter', 'Europe/Berlin', 'Q2 2026'],
  ['2026-03-02T00:00:00Z', 'week', 'UTC', '2 Mar 2026'],
] as const)('names the period that begins at %s by %s in %s', (start, grain, zone, name) => {
  expect(periodName(Date.parse(start), grain, zone)).toBe(name);
});
