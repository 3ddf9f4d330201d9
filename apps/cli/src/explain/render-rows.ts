import { type DrillDownRow, explainGap, type Figure, type MetricDefinition } from '@bellwether/metrics';
import { formatValue } from '../report/format-value.ts';
import { dayName } from '../report/period-name.ts';
import { scopeName } from '../report/scope-name.ts';
import { shellWord } from '../terminal/command-name.ts';
import { formatCount, formatShare } from '../terminal/format.ts';
import { formatTable } from '../terminal/table.ts';
import { instantText } from './instant-text.ts';
import type { RowsView } from './print-rows.ts';

/** Keys that `--entity` understands. */
const entityKeys = ['change_id', 'deployment_id', 'incident_id'];

/** The figure, the rows that it is made from, and the way on to one of them. */
export function renderRows(
  { metric, scope, window, figure, rows }: RowsView,
  { timeZone, currency, dataFlag }: { timeZone: string; currency: string; dataFlag: string },
): string[] {
  const title = `${metric.title} · ${scopeName(scope)} · ${dayName(window.since, timeZone)} to ${dayName(window.until - 1, timeZone)}`;
  if (figure === undefined) return [title, '', 'Nothing of this kind is known.'];
  const entity = entityKeys
    .map((key) => rows.find((row) => typeof row[key] === 'string' && row[key] !== '')?.[key])
    .find((id) => typeof id === 'string');
  return [
    title,
    figureText(metric, figure, currency),
    ...(rows.length === 0 ? [] : ['', ...tableOf(metric, rows, currency)]),
    ...(figure.total > rows.length
      ? [
          '',
          `The latest ${formatCount(rows.length)} of ${formatCount(figure.total)} rows: --limit shows more.`,
        ]
      : []),
    ...(entity === undefined
      ? []
      : ['', `One of them in full: bellwether explain --entity ${shellWord(entity)}${dataFlag}`]),
  ];
}

function figureText(metric: MetricDefinition, figure: Figure, currency: string): string {
  if (figure.value === null) return `No figure: ${explainGap(metric, figure.gap)}.`;
  const what = figure.kind === 'distribution' ? 'the median' : `a ${figure.kind}`;
  const coverage = figure.coverage === null ? '' : `, coverage ${formatShare(figure.coverage)}`;
  return `${formatValue(metric.unit, figure.value, currency)}: ${what} of ${formatCount(figure.n)} rows with a value${coverage}.`;
}

function tableOf(metric: MetricDefinition, rows: readonly DrillDownRow[], currency: string): string[] {
  const keys = metric.drillDown.filter((name) => !['at', 'value'].includes(name));
  const dimensions = (['repo', 'service', 'team', 'environment'] as const).filter(
    (name) =>
      metric.dimensions.includes(name) &&
      !keys.includes(name) &&
      // What all rows share tells nothing.
      new Set(rows.map((row) => row[name])).size > 1,
  );
  return formatTable(
    [
      { title: 'when', align: 'left' },
      { title: 'value', align: 'right' },
      ...dimensions.map((title) => ({ title, align: 'left' as const })),
      ...keys.map((title) => ({ title, align: 'left' as const, isWhole: true })),
      { title: 'rests on', align: 'left' },
      { title: 'why it has none', align: 'left' },
    ],
    rows.map((row) => [
      instantText(row.at),
      row.value === null ? '–' : formatValue(metric.unit, row.value, currency),
      ...dimensions.map((name) => wordOf(row[name])),
      ...keys.map((name) => wordOf(row[name], name)),
      row.basis,
      row.gap === '' ? '' : explainGap(metric, row.gap),
    ]),
  );
}

/** Instants come as milliseconds; their names say that they are such. */
function wordOf(value: unknown, name = ''): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' && name.endsWith('_at')) return instantText(value);
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.join(', ') : JSON.stringify(value);
}
