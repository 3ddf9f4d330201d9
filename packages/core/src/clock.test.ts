import { describe, expect, it } from 'vitest';
import { isRealistic } from './clock.ts';

const now = Date.UTC(2026, 0, 1);

describe('isRealistic', () => {
  it.each([
    ['1970-01-01T00:00:00Z', false],
    ['1969-12-31T23:59:59Z', false],
    ['1985-06-01T00:00:00Z', true],
    ['2026-01-01T20:00:00Z', true],
    ['2026-01-03T00:00:00Z', false],
    ['2262-01-01T00:00:00Z', false],
  ])('of %s is %s', (date, expected) => {
    expect(isRealistic(Date.parse(date), now)).toBe(expected);
  });

  it('is false for what is no number', () => {
    expect(isRealistic(Number.NaN, now)).toBe(false);
  });
});
