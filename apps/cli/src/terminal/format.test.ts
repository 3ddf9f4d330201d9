import { describe, expect, it } from 'vitest';
import { formatCount, formatDuration, formatFigure, formatShare } from './format.ts';

describe('formatDuration', () => {
  it.each([
    [0, '0 s'],
    [45, '45 s'],
    [89, '89 s'],
    [90, '1.5 min'],
    [3600, '60 min'],
    [5400, '1.5 h'],
    [86_400, '24 h'],
    [172_800, '2 d'],
    [604_800, '7 d'],
    [31_536_000, '365 d'],
  ])('says %i s as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});

describe('formatFigure', () => {
  it.each([
    [3.42, '3.4'],
    [42.1, '42'],
    [0.04, '0.04'],
    [12_345, '12,345'],
    [7, '7'],
  ])('says %f as %s', (value, text) => {
    expect(formatFigure(value)).toBe(text);
  });
});

describe('formatShare', () => {
  it.each([
    [0, '0%'],
    [0.045, '4.5%'],
    [0.123, '12%'],
    [1, '100%'],
    // Nearly all is not all.
    [0.9999, '99%'],
    [0.0001, '<0.1%'],
  ])('says %f as %s', (share, text) => {
    expect(formatShare(share)).toBe(text);
  });
});

it('parts thousands', () => {
  expect(formatCount(27_333)).toBe('27,333');
});
