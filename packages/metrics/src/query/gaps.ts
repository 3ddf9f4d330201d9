import type { MetricDefinition } from '../metric.ts';

/** Reasons that the compiler gives; a metric adds its own in `gaps`. */
export const compilerGaps: Readonly<Record<string, string>> = {
  'no-data': 'nothing of this kind is known at all',
  'not-yet': 'before the first one that is known',
  'no-rows': 'nothing of this kind happened in the period',
  'business-hours-unknown': 'the business hours of the team are not known',
  'needs-calendar-periods': 'a spread is known for weeks, months and quarters only, not for any window',
  'other-time-zone': 'a spread is known for the periods of the organisation’s time zone only',
  'several-spreads':
    'the spreads of several teams do not add up to one: ask for a single team, or group by team',
  'service-unknown': 'which service a change belongs to is not known here: the catalogue lacks paths for it',
};

/** A gap in words. */
export function explainGap(metric: Pick<MetricDefinition, 'gaps'>, gap: string): string {
  return metric.gaps[gap] ?? compilerGaps[gap] ?? gap;
}
