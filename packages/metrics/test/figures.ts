import { expect } from 'vitest';
import type { Figure } from '../src/query/figure.ts';

/** Demands the same figures in whatever order of groups; sums and quotients may differ in their last digits. */
export function expectSameFigures(actual: readonly Figure[], expected: readonly Figure[]): void {
  const wanted = sorted(expected);
  expect(sorted(actual).map((figure, index) => snapped(figure, wanted[index]))).toEqual(wanted);
}

function sorted(figures: readonly Figure[]): Figure[] {
  const key = ({ group, periodStart }: Figure): string =>
    `${JSON.stringify(Object.entries(group).sort())} ${String(periodStart).padStart(16, '0')}`;
  return [...figures].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** The value itself, with numbers that are as good as the wanted ones replaced by them. */
function snapped(value: unknown, wanted: unknown): unknown {
  if (typeof value === 'number' && typeof wanted === 'number') {
    return Math.abs(value - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted)) ? wanted : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  const others = (wanted ?? {}) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, snapped(each, others[name])]));
}
