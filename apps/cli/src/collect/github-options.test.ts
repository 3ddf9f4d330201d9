import { expect, it } from 'vitest';
import { parseReserve } from './github-options.ts';

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
