import { explainGap, type Figure } from '@bellwether/metrics';
import { formatValue } from '../report/format-value.ts';
import { dayName, periodName } from '../report/period-name.ts';
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
  view: RowsView,
  { timeZone, currency, dataFlag }: { timeZone: string; currency: string; dataFlag: string },
): string[] {
  const { metric, scope, window, figure, rows } = view;
  const title = `${metric.title} · ${scopeName(scope)} · ${dayName(window.since, timeZone)} to ${dayName(window.until - 1, timeZone)}`;
  if (figure === undefined) return [title, '', 'Nothing of this kind is known.'];
  const entity = entityKeys
    .map((key) => rows.find((row) => typeof row[key] === 'string' && row[key] !== '')?.[key])
    .find((id) => typeof id === 'string');
  return [
    title,
    figureText(view, figure, { timeZone, currency }),
    ...(rows.length === 0 ? [] : ['', ...tableOf(view, currency)]),
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

function figureText(
  { metric, grain }: RowsView,
  figure: Figure,
  { timeZone, currency }: { timeZone: string; currency: string },
): string {
  if (figure.value === null) return `No figure: ${explainGap(metric, figure.gap)}.`;
  if (figure.kind === 'concentration') {
    const busiest =
      figure.busiestTenthShare === null
        ? ''
        : `; the busiest tenth carries ${formatShare(figure.busiestTenthShare)}`;
    return `${formatValue(metric.unit, figure.value, currency)} in ${periodName(figure.periodStart, grain, timeZone)}: a spread over ${formatCount(figure.holders)} people${busiest}.`;
  }
  const what = figure.kind === 'distribution' ? 'the median' : `a ${figure.kind}`;
  const coverage = figure.coverage === null ? '' : `, coverage ${formatShare(figure.coverage)}`;
  return `${formatValue(metric.unit, figure.value, currency)}: ${what} of ${formatCount(figure.n)} rows with a value${coverage}.`;
}

function tableOf({ metric, scope, rows }: RowsView, currency: string): string[] {
  const keys = metric.drillDown.filter((name) => !['at', 'value'].includes(name));
  const dimensions = (['repo', 'service', 'team', 'environment'] as const).filter(
    (name) =>
      metric.dimensions.includes(name) &&
      !keys.includes(name) &&
      // What all rows share tells nothing; but a number or a revision is nothing without its repository.
      (new Set(rows.map((row) => row[name])).size > 1 || (name === 'repo' && scope.repo?.length !== 1)),
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
  if (typeof value === 'number' && /_(at|start)$/.test(name)) return instantText(value);
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.join(', ') : JSON.stringify(value);
}
