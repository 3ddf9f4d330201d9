import {
  explainGap,
  findMetric,
  type Figure,
  type MetricReport,
  type Report,
  type ReportFigure,
  type SectionReport,
  toldFigure,
} from '@bellwether/metrics';
import { formatCount, formatDuration, formatShare } from '../terminal/format.ts';
import { sparkline } from '../terminal/sparkline.ts';
import { type Column, formatTable } from '../terminal/table.ts';
import { wrap } from '../terminal/wrap.ts';
import { formatValue } from './format-value.ts';
import { periodName } from './period-name.ts';
import { shiftMark } from './shift-mark.ts';
import { trendMark } from './trend-mark.ts';

const titles: Readonly<Record<SectionReport['category'], string>> = {
  dora: 'More on delivery',
  flow: 'Flow of pull requests',
  review: 'Review',
  ci: 'Continuous integration',
  operations: 'Operations',
  standards: 'Standards',
  'data-quality': 'Quality of the data',
};

const columns: readonly Column[] = [
  { title: 'over the whole window', align: 'left' },
  { title: 'value', align: 'right' },
  { title: 'business h', align: 'right' },
  { title: 'p75', align: 'right' },
  { title: 'p90', align: 'right' },
  { title: 'n', align: 'right' },
  { title: 'coverage', align: 'right' },
  { title: 'trend', align: 'left' },
  { title: 'by period', align: 'left' },
];

/** One part of the catalogue as one table: a line for each metric, and what has no figure below it. */
export function renderSection(
  { category, metrics, notOfScope }: SectionReport,
  report: Report,
  { currency }: { currency: string },
): string[] {
  const shown = metrics.map((metric) => ({ metric, told: toldFigure(metric) }));
  const table = formatTable(
    columns,
    shown
      .filter(({ told }) => told.value !== null)
      .map(({ metric, told }) => row(metric, told, report, currency)),
  );
  const silent = shown.filter(({ told }) => told.value === null);
  return [
    '',
    titles[category],
    ...(silent.length < shown.length ? table.map((line) => `  ${line}`) : []),
    ...silentLines(silent),
    ...(metrics.length + notOfScope.length === 0 ? ['  Nothing is measured here yet.'] : []),
    ...(notOfScope.length === 0 ? [] : [`  Not known for this scope: ${notOfScope.map(titleOf).join(', ')}`]),
  ];
}

/** What has no figure, by its reason. */
function silentLines(silent: readonly { metric: MetricReport; told: ReportFigure }[]): string[] {
  const byReason = new Map<string, string[]>();
  for (const { metric, told } of silent) {
    const reason = explainGap(findMetric(metric.id), told.gap);
    byReason.set(reason, [...(byReason.get(reason) ?? []), inSentence(metric.title)]);
  }
  return [...byReason].flatMap(([reason, titles]) => wrap(`– ${reason}: ${titles.join(', ')}`, 100, '  '));
}

function titleOf(id: string): string {
  return inSentence(findMetric(id).title);
}

/** Small at its beginning, but for what is always written large: CI. */
function inSentence(title: string): string {
  return /^\p{Lu}{2}/u.test(title) ? title : `${title.charAt(0).toLowerCase()}${title.slice(1)}`;
}

function row(metric: MetricReport, told: ReportFigure, report: Report, currency: string): string[] {
  const { unit, business, periods } = metric;
  const value = (each: number | null): string => formatValue(unit, each, currency);
  const [p75, p90] = told.kind === 'distribution' ? [told.p75, told.p90] : [null, null];
  return [
    `${metric.title}${note(metric, told, report)}`,
    value(told.value),
    business?.value == null ? '' : value(business.value),
    p75 === null ? '' : value(p75),
    p90 === null ? '' : value(p90),
    // Of a spread: the people that it is over; its row is always one.
    formatCount(told.kind === 'concentration' ? told.holders : told.n),
    told.coverage === null ? '–' : formatShare(told.coverage),
    [trendMark(metric.trend), shiftMark(metric, report)].filter((mark) => mark !== '').join(', '),
    sparkline(periods.map((figure) => figure.value)),
  ];
}

/** What the number is, where its unit does not say it. */
function note(metric: MetricReport, told: Figure, { grain, timeZone }: Report): string {
  if (told !== metric.whole) {
    return ` (${periodName(told.periodStart, grain, timeZone)}${busiestNote(told)})`;
  }
  if (told.kind === 'snapshot') return ageNote(metric.id, told);
  if (metric.unit === 'seconds' || metric.unit === 'ratio' || metric.unit === 'money') return '';
  return metric.title.toLowerCase().includes(metric.unit) ? '' : ` (${metric.unit})`;
}

/** How long what stands has stood; of findings and cut lists that says no more than when somebody looked. */
function ageNote(id: string, { ageSeconds, ageP90Seconds }: Figure & { kind: 'snapshot' }): string {
  if (ageSeconds === null || id === 'data_findings' || id === 'truncations') return ' (at the end)';
  const age = formatDuration(ageSeconds);
  if (id !== 'source_freshness') return ` (at the end, for ${age})`;
  return ` (last read ${age} before the end${ageP90Seconds === null ? '' : `, p90 ${formatDuration(ageP90Seconds)}`})`;
}

/** What the busiest tenth carries, where they are enough people for that to be nobody's own share. */
function busiestNote(told: Figure): string {
  if (told.kind !== 'concentration' || told.busiestTenthShare === null) return '';
  return `; the busiest tenth carries ${formatShare(told.busiestTenthShare)}`;
}
