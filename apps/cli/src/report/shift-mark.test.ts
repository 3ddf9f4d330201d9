import { expect, it } from 'vitest';
import { shiftMark } from './shift-mark.ts';

const changePoint = { periodStart: Date.UTC(2026, 2, 2), before: 3, after: 1, pValue: 0.001 };

it('names the period of a clear shift, and is silent where there is none', () => {
  const inUtc = { timeZone: 'UTC' } as const;
  expect(shiftMark({ changePoint }, { grain: 'month', ...inUtc })).toBe('shifted in Mar 2026');
  expect(shiftMark({ changePoint }, { grain: 'week', ...inUtc })).toBe('shifted in the week of 2 Mar 2026');
  expect(shiftMark({ changePoint: null }, { grain: 'month', ...inUtc })).toBe('');
});
