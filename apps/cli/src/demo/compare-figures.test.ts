import { expect, it } from 'vitest';
import { compareFigures, comparisonText } from './compare-figures.ts';
import type { DoraFigures, FigureSet } from './true-figures.ts';

const nothing: FigureSet = { items: [], figure: 'none' };
const figures = (deployed: FigureSet, failed: FigureSet = nothing): DoraFigures => ({
  'Deployment frequency': deployed,
  'Change lead time': nothing,
  'Change fail rate': failed,
  'Failed deployment recovery time': nothing,
  'Deployment rework rate': nothing,
});

it('is equal only where figure and things are', () => {
  const truth = figures({ items: ['a', 'b', 'b'], figure: '3' }, { items: ['a'], figure: '1 of 3' });
  const same = compareFigures(truth, truth);
  expect(same.every(({ isEqual }) => isEqual)).toBe(true);
  // As many deployments and failures, but others.
  const reported = figures({ items: ['a', 'a', 'b'], figure: '3' }, { items: ['b'], figure: '1 of 3' });
  const differing = compareFigures(reported, truth).filter(({ isEqual }) => !isEqual);
  expect(differing).toMatchObject([
    { metric: 'Deployment frequency', missing: ['b'], extra: ['a'] },
    { metric: 'Change fail rate', missing: ['a'], extra: ['b'] },
  ]);
  const rounded = figures({ items: ['a', 'b', 'b'], figure: '4' }, { items: ['a'], figure: '1 of 3' });
  expect(compareFigures(rounded, truth)[0]).toMatchObject({ isEqual: false, missing: [], extra: [] });
});

it('shows so many of the differences, and how many there are', () => {
  const truth = figures({ items: ['a', 'b', 'c'], figure: '3' });
  const text = comparisonText(compareFigures(figures(nothing), truth), 2);
  expect(text).toContain('Deployment frequency, not reported: 3\n  a\n  b\n  … and 1 more');
  expect(text).toMatch(/Deployment frequency +none +3 +NO/);
  expect(text).toMatch(/Change lead time +none +none +yes/);
});
