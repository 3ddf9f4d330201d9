import { usageError } from '@bellwether/core';
import type { Plan } from '../plan.ts';
import type { PanelQuestion, Percentile } from './question.ts';

/** Which column of a compiled figure holds each percentile. */
const valueColumns = { p50: 'value', p75: 'p75', p90: 'p90' } as const;
const ageColumns = { p50: 'age_seconds', p75: 'age_p75_seconds', p90: 'age_p90_seconds' } as const;

const WEEK_SECONDS = 604_800;

/**
 * The number that a question wants of a figure, as an expression over the columns of the compiled statement.
 *
 * @param of the alias before the columns, with its dot
 * @throws BellwetherError `measure-unknown`
 */
export function measured(
  plan: Plan,
  question: Pick<PanelQuestion, 'measure' | 'percentile'>,
  of = '',
): string {
  const { measure = 'value', percentile = 'p50' } = question;
  const refuse = (what: string): never => {
    throw usageError(
      'measure-unknown',
      `${plan.metric.title} has no ${what}.`,
      'Ask for the value of the figure.',
    );
  };
  if (measure === 'per-week') {
    if (plan.kind !== 'count') refuse('number per week');
    return `${of}value * ${String(WEEK_SECONDS)} / nullIf(${of}observed_seconds, 0)`;
  }
  if (measure === 'age' && plan.kind !== 'snapshot') refuse('age');
  if (measure === 'value' && plan.kind !== 'distribution') {
    return percentile === 'p50' || percentile === 'chosen' ? `${of}value` : refuse('percentiles');
  }
  return ofPercentile(measure === 'age' ? ageColumns : valueColumns, percentile, of);
}

/** The name of the variable that holds the percentile. */
export const PERCENTILE_VARIABLE = 'percentile';

function ofPercentile(
  columns: Readonly<Record<Exclude<Percentile, 'chosen'>, string>>,
  percentile: Percentile,
  of: string,
): string {
  if (percentile !== 'chosen') return `${of}${columns[percentile]}`;
  const chosen = `\${${PERCENTILE_VARIABLE}:singlequote}`;
  return `multiIf(${chosen} = 'p90', ${of}${columns.p90}, ${chosen} = 'p75', ${of}${columns.p75}, ${of}${columns.p50})`;
}
