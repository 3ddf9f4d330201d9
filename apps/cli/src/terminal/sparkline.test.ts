import { describe, expect, it } from 'vitest';
import { sparkline } from './sparkline.ts';

describe('sparkline', () => {
  it('draws from zero to the greatest value', () => {
    expect(sparkline([0, 1, 2, 4, 8])).toBe('▁▂▃▅█');
  });

  it('shows a missing figure as a gap and not as zero', () => {
    expect(sparkline([null, 0, 8])).toBe('·▁█');
  });

  it('stays flat when everything is zero, and empty without periods', () => {
    expect(sparkline([0, 0])).toBe('▁▁');
    expect(sparkline([])).toBe('');
  });
});

it('shows the last sixty of many', () => {
  // The one great value is the first of 61: it has gone, and so has its scale.
  expect(sparkline([1000, ...Array.from({ length: 60 }, () => 1)])).toBe('█'.repeat(60));
});
