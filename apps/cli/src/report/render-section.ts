import {
  explainGap,
  findMetric,
  type Figure,
  type MetricReport,
  type Report,
  type ReportFigure,
  type SectionReport,
} from '@bellwether/metrics';
import { formatCount, formatDuration, formatShare } from '../terminal/format.ts';
import { sparkline } from '../terminal/sparkline.ts';
import { type Column, formatTable } from '../terminal/table.ts';
import { wrap } from '../terminal/wrap.ts';
import { formatValue } from './format-value.ts';
import { periodName } from './period-name.ts';
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
  const shown = metrics.map((metric) => ({ metric, told: figureOf(metric) }));
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
    ...(notOfScope.length === 0 ? [] : [`  Not known for this scope: ${notOfScope.join(', ')}`]),
  ];
}

/** What has no figure, by its reason. */
function silentLines(silent: readonly { metric: MetricReport; told: ReportFigure }[]): string[] {
  const byReason = new Map<string, string[]>();
  for (const { metric, told } of silent) {
    const reason = explainGap(findMetric(metric.id), told.gap);
    byReason.set(reason, [...(byReason.get(reason) ?? []), metric.title.toLowerCase()]);
  }
  return [...byReason].flatMap(([reason, titles]) => wrap(`– ${reason}: ${titles.join(', ')}`, 100, '  '));
}

/** The window's figure; where there is one for calendar periods only, that of the last whole one. */
function figureOf({ whole, periods }: MetricReport): ReportFigure {
  if (whole.gap !== 'needs-calendar-periods') return whole;
  const last = periods.findLast(({ isPartial, value }) => !isPartial && value !== null);
  return last ?? periods.findLast(({ isPartial }) => !isPartial) ?? whole;
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
    formatCount(told.n),
    told.coverage === null ? '–' : formatShare(told.coverage),
    trendMark(metric.trend),
    sparkline(periods.map((figure) => figure.value)),
  ];
}

/** What the number is, where its unit does not say it. */
function note(metric: MetricReport, told: Figure, { grain, timeZone }: Report): string {
  if (told !== metric.whole) return ` (${periodName(told.periodStart, grain, timeZone)})`;
  if (told.kind === 'snapshot') {
    return told.ageSeconds === null
      ? ' (at the end)'
      : ` (at the end, for ${formatDuration(told.ageSeconds)})`;
  }
  if (metric.unit === 'seconds' || metric.unit === 'ratio' || metric.unit === 'money') return '';
  return metric.title.toLowerCase().includes(metric.unit) ? '' : ` (${metric.unit})`;
}
