import { MINIMUM_VALUES, SIGNIFICANCE, SMALLEST_CHANGE } from '../../compare/verdict.ts';
import type { Plan } from '../plan.ts';
import { binomialSql, fisherSql } from './p-value.ts';

/** Expressions of what a difference between two windows is, over the aliases `now`, `before` and `tested`. */
export interface DifferenceSql {
  /** As a share of the figure before; null where one of the two is missing or that one is 0. */
  relative: string;
  /** What may be said of it, in words, as the report says it. */
  verdict: string;
}

/**
 * @param now    the number that is shown, of this window
 * @param before the same of the window before
 */
export function differenceSql(plan: Plan, now: string, before: string): DifferenceSql {
  const [levelNow, levelBefore] =
    plan.kind === 'count' ? [rate('now'), rate('before')] : ([now, before] as const);
  const difference = `(${levelNow} - ${levelBefore})`;
  const relative = `${difference} / nullIf(abs(${levelBefore}), 0)`;
  const test = testOf(plan);
  if (test === null) return { relative, verdict: "'not tested'" };
  const isSmall = `ifNull(abs(${relative}) < ${String(SMALLEST_CHANGE)}, false)`;
  // A limit that is kept by more is better, whatever the metric itself wants.
  const direction = plan.limit === null ? plan.metric.direction : 'higher-is-better';
  const moved =
    direction === 'neither'
      ? "'changed'"
      : `if((${difference} > 0) = ${direction === 'higher-is-better' ? 'true' : 'false'}, 'better', 'worse')`;
  const verdict = [
    `multiIf(NOT (${test.hasEnough}) OR ${difference} IS NULL, 'too few to tell',`,
    `NOT ifNull(${test.pValue} < ${String(SIGNIFICANCE)}, false) OR ${difference} = 0 OR ${isSmall}, 'no clear change',`,
    `${moved})`,
  ].join(' ');
  return { relative, verdict };
}

const rate = (alias: string): string => `(${alias}.value / nullIf(${alias}.observed_seconds, 0))`;

function testOf(plan: Plan): { hasEnough: string; pValue: string } | null {
  const least = String(MINIMUM_VALUES);
  const eachHasEnough = `now.n >= ${least} AND before.n >= ${least}`;
  if (plan.kind === 'distribution') return { hasEnough: eachHasEnough, pValue: 'tested.p_value' };
  if (plan.kind === 'ratio') {
    const side = (alias: string): { numerator: string; denominator: string } => ({
      numerator: `${alias}.numerator`,
      denominator: `greatest(${alias}.denominator, 1)`,
    });
    return { hasEnough: eachHasEnough, pValue: fisherSql(side('now'), side('before')) };
  }
  if (plan.kind !== 'count') return null;
  const seconds = (alias: string): string => `ifNull(${alias}.observed_seconds, 0)`;
  const both = `(${seconds('now')} + ${seconds('before')})`;
  return {
    // Nothing at all is a count as well: 0 after 12 is a clear change.
    hasEnough: `now.n + before.n >= 2 * ${least} AND ${seconds('now')} > 0 AND ${seconds('before')} > 0`,
    pValue: binomialSql(
      'now.n',
      '(now.n + before.n)',
      `least(greatest(${seconds('now')} / greatest(${both}, 1), 1e-9), 1 - 1e-9)`,
    ),
  };
}
