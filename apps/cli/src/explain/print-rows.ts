import { usageError } from '@bellwether/core';
import {
  chooseWindow,
  drillDown,
  type DrillDownRow,
  type Figure,
  figureWindow,
  type MetricDefinition,
  type QueryRequest,
  runQuery,
  scopeNames,
  toldFigure,
} from '@bellwether/metrics';
import { chooseScope, type ScopeNames } from '../report/choose-scope.ts';
import { dataFlag } from '../report/print-report.ts';
import { type ReportOptionValues, reportRequest } from '../report/report-options.ts';
import type { Session } from '../setup/session.ts';
import { asTyped } from '../terminal/command-name.ts';
import { plainText } from '../terminal/plain-text.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { renderRows } from './render-rows.ts';

const MOST = 10_000;

type RowOptions = ReportOptionValues & ScopeNames & { limit?: string };

/**
 * Prints the rows behind a figure, latest first: the way from a number to its pull requests and deployments. Without
 * further options it is the figure that `report` shows, of the same window.
 *
 * @throws BellwetherError `dimension-unknown` where the metric does not know what was asked for
 */
export async function printRows(
  session: Session,
  metric: MetricDefinition,
  options: RowOptions,
  terminal: Terminal,
): Promise<void> {
  const { warehouse, config } = session;
  const limit = parseLimit(options.limit ?? '20');
  const scope = await chooseScope(warehouse, options);
  const asked = reportRequest(options, scope, config, terminal.clock);
  const window = await chooseWindow(warehouse, asked);
  if (window === null) {
    throw usageError('nothing-known', 'No change and no release of it is known.', 'bellwether report');
  }
  const filters = {
    ...scopeNames(scope),
    ...(metric.dimensions.includes('is_bot') ? { bots: asked.bots } : {}),
  };
  const shown = await figureWindow(warehouse, metric, asked, window, { filters });
  const { since, until } = shown;
  const period = { since, until, grain: 'whole', timeZone: asked.timeZone } as const;
  const behind = await figureBehind(warehouse, { metric: metric.id, period, filters }, asked.grain);
  const rows =
    behind === null ? [] : await drillDown(warehouse, behind.request, { limit, figure: behind.figure });
  const view = { metric, scope, window: shown, figure: behind?.figure, rows, grain: asked.grain };
  await terminal.print(
    options.json === true
      ? `${JSON.stringify({ metric: metric.id, scope, window: { ...window, ...shown }, figure: behind?.figure ?? null, rows }, null, 2)}\n`
      : textOf(view, session, terminal),
  );
}

/** The figure that a report tells, and the question that it answers; null where it has none. */
async function figureBehind(
  warehouse: Session['warehouse'],
  request: QueryRequest,
  grain: RowsView['grain'],
): Promise<{ request: QueryRequest; figure: Figure } | null> {
  const [whole] = await runQuery(warehouse, request);
  if (whole === undefined) return null;
  if (whole.gap !== 'needs-calendar-periods') return { request, figure: whole };
  const byPeriod = { ...request, period: { ...request.period, grain } };
  return { request: byPeriod, figure: toldFigure({ whole, periods: await runQuery(warehouse, byPeriod) }) };
}

/** What is shown of a figure and its rows. */
export interface RowsView {
  metric: MetricDefinition;
  scope: Awaited<ReturnType<typeof chooseScope>>;
  window: { since: number; until: number };
  figure: Figure | undefined;
  rows: readonly DrillDownRow[];
  /** Of the periods, where a figure is known for those only. */
  grain: 'week' | 'month' | 'quarter';
}

function textOf(view: RowsView, session: Session, terminal: Terminal): string {
  const { timeZone, ci } = session.config;
  const lines = renderRows(view, { timeZone, currency: ci.currency, dataFlag: dataFlag(session) });
  return asTyped(`${lines.map(plainText).join('\n')}\n`, terminal.command);
}

function parseLimit(text: string): number {
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= MOST) return limit;
  throw usageError('usage', `--limit cannot be "${text}".`, `Give a whole number from 1 to ${String(MOST)}.`);
}
