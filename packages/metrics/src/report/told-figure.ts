import type { Warehouse } from '@bellwether/warehouse';
import type { MetricDefinition } from '../metric.ts';
import type { Figure } from '../query/figure.ts';
import { observedSpan } from '../query/observed-span.ts';
import type { QueryRequest } from '../query/request.ts';
import type { ReportRequest, ReportWindow } from './report.ts';

/**
 * The window that the figure of a metric speaks of. The state of repositories and sources is recorded when they are
 * asked, which is after their last merge: a window that ends with the merge would never see it.
 *
 * @param until as it was asked for; undefined where the data decides, and only then the window may grow
 */
export async function figureWindow(
  warehouse: Pick<Warehouse, 'query'>,
  { id, category, aggregate }: MetricDefinition,
  { until }: Pick<ReportRequest, 'until'>,
  window: Pick<ReportWindow, 'since' | 'until'>,
  { filters = {} }: Pick<QueryRequest, 'filters'>,
): Promise<Pick<ReportWindow, 'since' | 'until'>> {
  const isState = aggregate.kind === 'snapshot' || aggregate.kind === 'standing-ratio';
  const isOfCollection = category === 'standards' || category === 'data-quality';
  if (until !== undefined || !isState || !isOfCollection) return window;
  const { last } = await observedSpan(warehouse, { metric: id, filters });
  return { ...window, until: Math.max(window.until, (last ?? 0) + 1) };
}

/** The window's figure; where there is one for calendar periods only, that of the last whole one. */
export function toldFigure<Each extends Figure>({
  whole,
  periods,
}: {
  whole: Each;
  periods: readonly Each[];
}): Each {
  if (whole.gap !== 'needs-calendar-periods') return whole;
  const last = periods.findLast(({ isPartial, value }) => !isPartial && value !== null);
  return last ?? periods.findLast(({ isPartial }) => !isPartial) ?? whole;
}
