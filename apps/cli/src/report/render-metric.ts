import {
  explainGap,
  findMetric,
  isBenchmarked,
  type MetricReport,
  type Report,
  type ReportFigure,
} from '@bellwether/metrics';
import { formatCount, formatDuration, formatShare } from '../terminal/format.ts';
import { sparkline } from '../terminal/sparkline.ts';
import { type Column, formatTable } from '../terminal/table.ts';
import { formatValue } from './format-value.ts';
import { periodName } from './period-name.ts';
import { shiftMark } from './shift-mark.ts';
import { trendMark } from './trend-mark.ts';

const columns: readonly Column[] = [
  { title: '', align: 'left' },
  { title: 'value', align: 'right' },
  { title: 'p75', align: 'right' },
  { title: 'p90', align: 'right' },
  { title: 'n', align: 'right' },
  { title: 'coverage', align: 'right' },
  { title: 'change', align: 'right' },
  { title: 'band', align: 'left' },
];

/** One metric of one scope: its trend, its latest periods, the whole window, and why anything is missing. */
export function renderMetric(metric: MetricReport, report: Report, rowsShown: number): string[] {
  const title = `${metric.title} · ${subtitle(metric)}`;
  const hasFigure = metric.whole.value !== null || metric.periods.some(({ value }) => value !== null);
  if (!hasFigure) return [title, `  – : ${explainGap(findMetric(metric.id), metric.whole.gap)}`];
  // Before the first thing that is known there is nothing to read.
  const begun = metric.periods.findIndex(({ gap }) => gap !== 'not-yet');
  const shown = metric.periods.slice(Math.max(0, begun)).slice(-rowsShown);
  const table = formatTable(columns, [
    ...shown.map((figure) => figureRow(metric, figure, periodLabel(figure, report))),
    figureRow(metric, metric.whole, 'whole window'),
  ]);
  return [
    `${title}  ${sparkline(metric.periods.map(({ value }) => value))}  ${trendMark(metric.trend)}`.trimEnd(),
    ...[...table, ...shiftNote(metric, report), ...notes(metric, shown)].map((line) => `  ${line}`),
  ];
}

function figureRow(metric: MetricReport, figure: ReportFigure, label: string): string[] {
  const { unit } = metric;
  const [p75, p90] = spread(figure);
  return [
    label,
    formatValue(unit, figure.value),
    p75 === null ? '' : formatDuration(p75),
    p90 === null ? '' : formatDuration(p90),
    formatCount(figure.n),
    figure.coverage === null ? '–' : formatShare(figure.coverage),
    formatChange(figure.change, unit),
    figure.band.band ?? '',
  ];
}

function spread(figure: ReportFigure): [number | null, number | null] {
  if (figure.kind === 'distribution') return [figure.p75, figure.p90];
  return [null, null];
}

function formatChange(change: number | null, unit: string): string {
  if (change === null) return '';
  const sign = change > 0 ? '+' : change < 0 ? '−' : '±';
  const size = formatShare(Math.abs(change));
  return unit === 'ratio' ? `${sign}${size.replace('%', ' pt')}` : `${sign}${size}`;
}

/** A trailing asterisk marks a period of which the window holds only a part. */
function periodLabel(figure: ReportFigure, { grain, timeZone }: Report): string {
  return `${periodName(figure.periodStart, grain, timeZone)}${figure.isPartial ? '*' : ''}`;
}

function subtitle({ id, whole, unit }: MetricReport): string {
  if (id === 'change_lead_time') {
    const fromMerge = (whole.basis['merge'] ?? 0) + (whole.basis['merge-undated'] ?? 0);
    if (whole.n > 0 && fromMerge === whole.n) return 'median, merge to release';
    return fromMerge === 0
      ? 'median, first commit to release'
      : 'median, first commit (squashes: merge) to release';
  }
  if (whole.kind === 'distribution') return 'median';
  if (whole.kind === 'snapshot') return 'at the end of each period';
  if (unit !== 'ratio') return unit;
  // Without incidents only a part of all failures can be seen.
  return (whole.basis['reverts-and-rollbacks'] ?? 0) > 0 ? 'of deployments, at least' : 'of deployments';
}

/** What the table cannot say: why values or bands are missing, and how old what waits is. Each once. */
function notes(metric: MetricReport, shown: readonly ReportFigure[]): string[] {
  const definition = findMetric(metric.id);
  const { whole } = metric;
  const gaps = new Set([...shown, whole].filter(({ value }) => value === null).map(({ gap }) => gap));
  // Said with its count below.
  const uncounted = [...gaps].filter((gap) => whole.gaps[gap] === undefined);
  return [
    ...ageNote(metric),
    ...uncounted.map((gap) => `– : ${explainGap(definition, gap)}`),
    ...Object.entries(whole.gaps).map(
      ([gap, count]) => `${formatCount(count)} without a value: ${explainGap(definition, gap)}`,
    ),
    ...(isBenchmarked(metric.id) && whole.value !== null && whole.band.band === null
      ? [`no band: ${whole.band.reason}`]
      : []),
  ];
}

function shiftNote(metric: MetricReport, report: Report): string[] {
  const { changePoint, unit } = metric;
  if (changePoint === null) return [];
  const [before, after] = [formatValue(unit, changePoint.before), formatValue(unit, changePoint.after)];
  return [
    `${shiftMark(metric, report)}: from ${before} to ${after}, the medians of the periods before and after`,
  ];
}

function ageNote({ whole }: MetricReport): string[] {
  if (whole.kind !== 'snapshot' || whole.ageSeconds === null) return [];
  const p90 = whole.ageP90Seconds === null ? '' : `, p90 ${formatDuration(whole.ageP90Seconds)}`;
  return [`waiting at the end of the window for: median ${formatDuration(whole.ageSeconds)}${p90}`];
}
