import type { Instant } from '@bellwether/core';
import type { Warehouse } from '@bellwether/warehouse';
import { observedSpan } from '../query/observed-span.ts';
import { runQuery } from '../query/run.ts';
import type { ReportRequest, ReportWindow } from './report.ts';

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
 * @returns null when nothing is known of the repository
 */
export async function chooseWindow(
  warehouse: Pick<Warehouse, 'query'>,
  request: ReportRequest,
): Promise<ReportWindow | null> {
  const filters = { repo: [request.repo] };
  const releases = await observedSpan(warehouse, { metric: 'deployment_frequency', filters });
  const merges = await observedSpan(warehouse, {
    metric: 'changes_awaiting_deployment',
    filters: { ...filters, bots: 'include' },
  });
  const last = Math.max(releases.last ?? -Infinity, merges.last ?? -Infinity);
  if (last === -Infinity) return null;
  const until = request.until ?? last + 1;
  if (request.since !== undefined) return { since: request.since(until), until, lastActivityAt: last };

  const { count, span } = periodsShown[request.grain];
  const { grain, timeZone } = request;
  const figures = await runQuery(warehouse, {
    metric: 'deployment_frequency',
    period: { since: Math.max(0, until - span), until, grain, timeZone },
    filters,
  });
  const starts = [...new Set(figures.map(({ periodStart }) => periodStart))].sort((a, b) => a - b);
  return { since: starts.at(-count) ?? until - span, until, lastActivityAt: last };
}

/** Whether a window is one at all: some time between its ends. */
export function isEmptyWindow({ since, until }: { since: Instant; until: Instant }): boolean {
  return since >= until;
}
