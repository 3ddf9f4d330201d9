import { formatDuration, formatFigure, formatShare } from '../terminal/format.ts';

/**
 * `3.4 h`, `12%`, `14`; `–` where there is none.
 *
 * @param currency of money: `EUR`
 */
export function formatValue(unit: string, value: number | null, currency = ''): string {
  if (value === null) return '–';
  if (unit === 'seconds') return formatDuration(value);
  if (unit === 'ratio') return formatShare(value);
  if (unit === 'coefficient') return value.toFixed(2);
  if (unit === 'money') return `${formatFigure(value)} ${currency}`.trimEnd();
  return formatFigure(value);
}
