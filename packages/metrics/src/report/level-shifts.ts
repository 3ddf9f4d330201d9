import type { Instant } from '@bellwether/core';
import { changePoints } from '../compare/change-points.ts';
import { isTested } from '../compare/compare-periods.ts';
import { controlLimits, signals, type Signal } from '../compare/control-limits.ts';
import { SMALLEST_CHANGE } from '../compare/verdict.ts';
import type { MetricDefinition } from '../metric.ts';
import type { Figure } from '../query/figure.ts';

/** A period whose figure chance does not explain: outside of the control limits, or the end of a long run. */
export interface PeriodSignal {
  periodStart: Instant;
  why: Signal['why'];
}

/** From this period on a metric is at another level; medians of the periods before and after, in its unit. */
export interface LevelShift {
  periodStart: Instant;
  before: number;
  after: number;
  pValue: number;
}

export interface LevelShifts {
  /** Null where there are fewer than ten whole periods with a figure, or where one state carries over into the next. */
  signals: readonly PeriodSignal[] | null;
  /** The last clear one; null where there is none, or fewer than sixteen periods. */
  changePoint: LevelShift | null;
}

const DAY_SECONDS = 86_400;

/**
 * What the series of periods says besides the last two. Of states (what stands at an instant) nothing: most of what
 * stands now stood then, which charts and tests take for a long run.
 */
export function levelShifts(
  { aggregate, unit }: Pick<MetricDefinition, 'aggregate' | 'unit'>,
  periods: readonly Figure[],
): LevelShifts {
  if (!isTested(aggregate.kind) && aggregate.kind !== 'sum') return { signals: null, changePoint: null };
  const values = periods.map((figure) => (isWhole(figure) ? figure.value : null));
  const limits = controlLimits(values, unit === 'ratio' ? { least: 0, most: 1 } : { least: 0 });
  const startOf = (index: number): Instant => periods[index]!.periodStart;
  const last = changePoints(values).findLast(
    ({ before, after }) => Math.abs(after - before) >= SMALLEST_CHANGE * Math.abs(before) && after !== before,
  );
  return {
    signals:
      limits && signals(values, limits).map(({ index, why }) => ({ periodStart: startOf(index), why })),
    changePoint: last
      ? { periodStart: startOf(last.index), before: last.before, after: last.after, pValue: last.pValue }
      : null,
  };
}

/** Not cut by the window; of counts also not by the beginning of what is counted, which would look like a rise. */
function isWhole(figure: Figure): boolean {
  if (figure.isPartial) return false;
  if (figure.kind !== 'count') return true;
  const seconds = (figure.periodEnd - figure.periodStart) / 1000;
  return (figure.observedSeconds ?? 0) > seconds - DAY_SECONDS;
}
