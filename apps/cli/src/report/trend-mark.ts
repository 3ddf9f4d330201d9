import type { MetricReport } from '@bellwether/metrics';

/** An arrow only where the difference is more than chance. */
export function trendMark(trend: MetricReport['trend']): string {
  switch (trend?.verdict) {
    case 'better':
      return '▲ better';
    case 'worse':
      return '▼ worse';
    case 'changed':
      return '◆ changed';
    case 'no-clear-change':
      return 'no clear change';
    case 'too-few':
      return 'too few to tell';
    case 'not-tested':
    case undefined:
      return '';
  }
}
