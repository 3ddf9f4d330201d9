import type { MetricDefinition } from '../metric.ts';

/** Reasons that the compiler gives; a metric adds its own in `gaps`. */
export const compilerGaps: Readonly<Record<string, string>> = {
  'no-data': 'nothing of this kind is known at all',
  'not-yet': 'before the first one that is known',
  'no-rows': 'nothing of this kind happened in the period',
  'too-few-holders': 'a spread needs two or more to spread over',
  'service-unknown': 'which service a change belongs to is not known here: the catalogue lacks paths for it',
  'no-load': 'there was nothing to spread',
};

/** A gap in words. */
export function explainGap(metric: Pick<MetricDefinition, 'gaps'>, gap: string): string {
  return metric.gaps[gap] ?? compilerGaps[gap] ?? gap;
}
