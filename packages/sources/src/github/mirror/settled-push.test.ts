import { fixedClock } from '@bellwether/core';
import { expect, it } from 'vitest';
import { settledPush } from './settled-push.ts';

const pushedAt = Date.parse('2026-03-02T09:00:00Z');

it.each([
  ['a moment ago', 1_000, null],
  ['just under five minutes ago', 299_999, null],
  ['five minutes ago', 300_000, pushedAt],
])('a push %s', (_when, ms, expected) => {
  expect(settledPush({ pushedAt }, fixedClock(pushedAt + ms))).toBe(expected);
});

it('that never was is settled', () => {
  expect(settledPush({ pushedAt: null }, fixedClock(pushedAt))).toBeNull();
});
