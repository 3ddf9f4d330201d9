import { expect, it } from 'vitest';
import type { AggregateKind, MetricDefinition, Unit } from '../metric.ts';
import type { Figure } from '../query/figure.ts';
import { levelShifts } from './level-shifts.ts';

const DAY = 86_400_000;

const metric = (
  kind: AggregateKind,
  unit: Unit = 'seconds',
): Pick<MetricDefinition, 'aggregate' | 'unit'> => ({
  aggregate:
    kind === 'ratio' || kind === 'standing-ratio' ? { kind, numerator: 'a', denominator: 'b' } : { kind },
  unit,
});

/** A day each, so that the start tells the place. */
const series = (values: readonly (number | null)[], more: (at: number) => object = () => ({})): Figure[] =>
  values.map((value, at) => ({
    ...{
      kind: 'distribution',
      p75: null,
      p90: null,
      group: {},
      isPartial: false,
      gap: '',
      basis: {},
      gaps: {},
    },
    ...{ periodStart: at * DAY, periodEnd: (at + 1) * DAY, value, n: 20, total: 20, coverage: 1 },
    ...more(at),
  }));

// Nine days at about 10, nine at about 20; no two alike, so that ranks are clear.
const moved = [10, 11, 10.5, 9, 10.2, 11.4, 9.6, 10.8, 9.8, 20, 21, 20.5, 19, 20.2, 21.4, 19.6, 20.8, 19.8];

it('finds from when on a metric is at another level, and how it was and is', () => {
  const { changePoint } = levelShifts(metric('distribution'), series(moved));
  // Sorted 9, 9.6, 9.8, 10, 10.2, …: the fifth of nine; K = 81, n = 18: p = 2·e^(−6·6561 ÷ (5832 + 324)) = 0.0033.
  expect(changePoint).toMatchObject({ periodStart: 9 * DAY, before: 10.2, after: 20.2 });
  expect(changePoint?.pValue).toBeCloseTo(0.0033, 4);
});

it('signals what lies outside of the limits', () => {
  // Mean (11·10 + 40) ÷ 12 = 12.5; ranges of 30 and 30 over 11 steps: 60 ÷ 11 · 2.66 = 14.5; the limit is 27.
  const values = [10, 10, 10, 10, 10, 40, 10, 10, 10, 10, 10, 10];
  expect(levelShifts(metric('distribution'), series(values)).signals).toEqual([
    { periodStart: 5 * DAY, why: 'above' },
  ]);
});

it('says nothing of nine periods, of states, and of what did not move', () => {
  expect(levelShifts(metric('distribution'), series(moved.slice(0, 9)))).toEqual({
    signals: null,
    changePoint: null,
  });
  expect(levelShifts(metric('snapshot'), series(moved))).toEqual({ signals: null, changePoint: null });
  const still = [...moved.slice(0, 9), ...moved.slice(0, 9)];
  expect(levelShifts(metric('distribution'), series(still))).toEqual({ signals: [], changePoint: null });
});

it('passes over periods that the window cuts, and counts of a life that had only begun', () => {
  const cut = series(moved, (at) => ({ isPartial: at === 17 }));
  // 9 and 8: the shift is still seen; without one more it is not.
  expect(levelShifts(metric('distribution'), cut).changePoint).toMatchObject({ periodStart: 9 * DAY });
  const young = series(moved, (at) => ({ kind: 'count', observedSeconds: at > 14 ? 86_400 : 0 }));
  expect(levelShifts(metric('count', 'deployments'), young)).toEqual({ signals: null, changePoint: null });
});
