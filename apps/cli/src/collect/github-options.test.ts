import { expect, it } from 'vitest';
import { parseOrganisation, parseReserve, parseSince } from './github-options.ts';

it.each([
  [undefined, 0],
  ['20%', 0.2],
  ['12.5%', 0.125],
  ['0', 0],
  ['1000', 1000],
])('reads --reserve %s as %d', (text, amount) => {
  expect(parseReserve(text)).toBe(amount);
});

it.each(['100%', '-5', 'all', '', '1.5', '%'])('refuses --reserve "%s"', (text) => {
  expect(() => parseReserve(text)).toThrow(/--reserve cannot be/);
});

it.each(['acme', 'Acme-Corp', 'octo_acme', 'a1'])('takes --org %s', (text) => {
  expect(parseOrganisation(text)).toBe(text);
});

it.each(['', ' ', '../../etc', 'acme/shop', '-acme', 'ac me', '.', 'a'.repeat(101)])(
  'refuses --org "%s"',
  (text) => {
    expect(() => parseOrganisation(text)).toThrow(/^--org cannot be/);
  },
);

const now = Date.parse('2026-05-31T23:30:00Z');

it('takes --since today, and no day after it; which day it is, the time zone says', () => {
  expect(parseSince('2026-05-31', now, 'UTC')).toBe(Date.parse('2026-05-31T00:00:00Z'));
  expect(() => parseSince('2026-06-01', now, 'UTC')).toThrow(/"2026-06-01": that is in the future/);
  // In Berlin it is half past one in the morning of the first of June.
  expect(parseSince('2026-06-01', now, 'Europe/Berlin')).toBe(Date.parse('2026-05-31T22:00:00Z'));
});
