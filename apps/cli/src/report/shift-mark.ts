import type { MetricReport, Report } from '@bellwether/metrics';
import { periodName } from './period-name.ts';

/** `shifted in Mar 2026`, of a metric that is clearly at another level since; else nothing. */
export function shiftMark(
  { changePoint }: Pick<MetricReport, 'changePoint'>,
  { grain, timeZone }: Pick<Report, 'grain' | 'timeZone'>,
): string {
  if (changePoint === null) return '';
  const name = periodName(changePoint.periodStart, grain, timeZone);
  return grain === 'week' ? `shifted in the week of ${name}` : `shifted in ${name}`;
}
