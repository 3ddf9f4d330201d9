import type { MetricDefinition } from '../metric.ts';

/** What may be said of a change. An arrow is drawn for `better`, `worse` and `changed` alone. */
export type Verdict =
  | 'better'
  | 'worse'
  /** It is clear that it moved, and the metric does not say which way is better. */
  | 'changed'
  | 'no-clear-change'
  /** Fewer values than a verdict needs in one of the periods. */
  | 'too-few'
  /** Figures of this kind are not tested against each other: states, sums, concentrations. */
  | 'not-tested';

/**
 * When an arrow is drawn. One in a hundred changes of nothing would still get one: with fifty metrics and the usual 5%
 * a quiet week would show two or three.
 */
export const SIGNIFICANCE = 0.01;

/** In each period. Below it the tests see nothing but the largest changes, and a single odd value looks like one. */
export const MINIMUM_VALUES = 10;

/**
 * As a share of the previous figure. With a hundred thousand rows anything is significant; a change smaller than this
 * is one that nobody would act on.
 */
export const SMALLEST_CHANGE = 0.05;

export function verdictOf(
  { direction }: Pick<MetricDefinition, 'direction'>,
  change: { difference: number; relative: number | null; pValue: number },
): Verdict {
  const { difference, relative, pValue } = change;
  if (!(pValue < SIGNIFICANCE) || difference === 0) return 'no-clear-change';
  if (relative !== null && Math.abs(relative) < SMALLEST_CHANGE) return 'no-clear-change';
  if (direction === 'neither') return 'changed';
  return difference > 0 === (direction === 'higher-is-better') ? 'better' : 'worse';
}

/** Whether a figure meets a target of the same unit; null where there is no figure, or no direction to meet it in. */
export function meetsTarget(
  { direction }: Pick<MetricDefinition, 'direction'>,
  value: number | null,
  target: number,
): boolean | null {
  if (value === null || direction === 'neither') return null;
  return direction === 'lower-is-better' ? value <= target : value >= target;
}
