import { expect, it } from 'vitest';
import { surelyOver } from './surely-over.ts';

const HOUR = 3_600;
const WEEK = 7 * 24 * HOUR;
const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;
const over = (limitDays: number, holidays: string[] = []): number =>
  surelyOver(limitDays * 8 * HOUR, 8 * HOUR, { days: [...days], holidays });

it('is a week for less than five business days, wherever the wait begins', () => {
  expect(over(1)).toBe(WEEK + HOUR);
  expect(over(4.9)).toBe(WEEK + HOUR);
});

it('is more than a week for exactly a week of business hours', () => {
  expect(over(5)).toBe(2 * WEEK + HOUR);
  expect(over(10)).toBe(3 * WEEK + HOUR);
});

it('allows for the most holidays that can fall into it', () => {
  // Three between Christmas and New Year leave two days of a week: 1 day is over after a week, 2 days are not. In two
  // weeks there are ten less the four.
  const holidays = ['2024-12-25', '2024-12-26', '2025-01-01', '2025-01-06', '2025-05-01'];
  expect(over(1.9, holidays)).toBe(WEEK + HOUR);
  expect(over(2, holidays)).toBe(2 * WEEK + HOUR);
  expect(over(6, holidays)).toBe(3 * WEEK + HOUR);
});

it('comes to an end where nobody works for a year', () => {
  const year = Array.from({ length: 365 }, (_, index) =>
    new Date(Date.UTC(2025, 0, 1 + index)).toISOString().slice(0, 10),
  );
  // 5 · 74 − 365 = 5 days in 74 weeks; 73 weeks have none left.
  expect(over(1, year)).toBe(74 * WEEK + HOUR);
});
