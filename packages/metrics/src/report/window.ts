import { type Instant, usageError, WITHHELD } from '@bellwether/core';
import type { Warehouse } from '@bellwether/warehouse';
import { findMetric } from '../catalogue.ts';
import { observedSpan } from '../query/observed-span.ts';
import { runQuery } from '../query/run.ts';
import type { ReportRequest, ReportWindow } from './report.ts';
import { type ReportScope, scopeDimensions, scopeFilters } from './scope.ts';

const DAY = 86_400_000;

/** How many periods a report shows, and a span that surely holds them. */
const periodsShown = {
  week: { count: 12, span: 13 * 7 * DAY },
  month: { count: 12, span: 13 * 31 * DAY },
  quarter: { count: 8, span: 9 * 92 * DAY },
} as const;

/**
 * Chooses the window of a report. It ends with the last merge or release that is known and not with today: a clone
 * that nobody fetched for half a year looks exactly like a team that stopped delivering.
 *
 * @returns null when nothing is known of the scope, or nothing of it may be shown
 * @throws BellwetherError `window-empty` when it does not end after it begins
 */
export async function chooseWindow(
  warehouse: Pick<Warehouse, 'query'>,
  request: ReportRequest,
): Promise<ReportWindow | null> {
  const last = await lastActivity(warehouse, request);
  if (last === null) return null;
  const until = request.until ?? last + 1;
  const since = request.since?.(until) ?? (await firstPeriod(warehouse, request, until));
  if (since < until) return { since, until, lastActivityAt: last };
  throw usageError(
    'window-empty',
    since === until
      ? `The window is empty: it begins and ends on ${isoDay(since)}.`
      : `The window ends on ${isoDay(until)}, before it begins on ${isoDay(since)}.`,
    'Choose an earlier --since or a later --until.',
  );
}

/** Whether a report of the scope would show anything; as far as anybody can tell, what is withheld is not there. */
export async function isShown(warehouse: Pick<Warehouse, 'query'>, scope: ReportScope): Promise<boolean> {
  return (await lastActivity(warehouse, { scope })) !== null;
}

async function lastActivity(
  warehouse: Pick<Warehouse, 'query'>,
  { scope }: Pick<ReportRequest, 'scope'>,
): Promise<Instant | null> {
  // The rows under this name may be those of one small team: as a scope it is as unknown as any name that nobody has.
  if (scopeDimensions.some((dimension) => scope[dimension]?.includes(WITHHELD))) return null;
  let last: Instant | null = null;
  for (const id of ['deployment_frequency', 'changes_awaiting_deployment']) {
    const metric = findMetric(id);
    const filters = scopeFilters(scope, metric);
    if (filters === null) continue;
    const bots = metric.dimensions.includes('is_bot') ? ({ bots: 'include' } as const) : {};
    const span = await observedSpan(warehouse, { metric: id, filters: { ...filters, ...bots } });
    if (span.last !== null && span.last > (last ?? -Infinity)) last = span.last;
  }
  return last;
}

/** The beginning of the first of the periods that are shown. */
async function firstPeriod(
  warehouse: Pick<Warehouse, 'query'>,
  { scope, grain, timeZone }: ReportRequest,
  until: Instant,
): Promise<Instant> {
  const { count, span } = periodsShown[grain];
  const metric = findMetric('deployment_frequency');
  const figures = await runQuery(warehouse, {
    metric: metric.id,
    period: { since: Math.max(0, until - span), until, grain, timeZone },
    filters: scopeFilters(scope, metric) ?? {},
  });
  const starts = [...new Set(figures.map(({ periodStart }) => periodStart))].sort((a, b) => a - b);
  return starts.at(-count) ?? until - span;
}

function isoDay(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
