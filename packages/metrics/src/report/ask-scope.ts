import type { Warehouse } from '@bellwether/warehouse';
import { findMetric } from '../catalogue.ts';
import type { MetricDefinition } from '../metric.ts';
import type { Figure } from '../query/figure.ts';
import type { QueryRequest } from '../query/request.ts';
import { runQuery } from '../query/run.ts';
import { metricReport } from './metric-report.ts';
import type { MetricReport, ReportRequest, ReportWindow, ScopeReport } from './report.ts';
import { type ScopeDimension, scopeFilters } from './scope.ts';
import { figureWindow } from './told-figure.ts';
import { readTrend } from './trend.ts';

type Asked = Pick<ReportRequest, 'scope' | 'grain' | 'timeZone' | 'benchmark' | 'bots' | 'until'>;

/** A metric over a scope as a whole; null where it cannot be asked about it. */
export async function askWhole(
  warehouse: Pick<Warehouse, 'query'>,
  definition: MetricDefinition,
  request: Asked,
  window: Pick<ReportWindow, 'since' | 'until'>,
): Promise<MetricReport | null> {
  const base = question(definition, request);
  if (base === null) return null;
  const asked = await figureWindow(warehouse, definition, request, window, base);
  const ask = (
    grain: QueryRequest['period']['grain'],
    clock: 'wall' | 'business' = 'wall',
  ): Promise<Figure[]> => runQuery(warehouse, { ...base, clock, period: periodOf(request, asked, grain) });
  const [whole] = await ask('whole');
  if (whole === undefined) return null;
  const [business = null] = definition.hasBusinessHours === true ? await ask('whole', 'business') : [];
  const periods = await ask(request.grain);
  const trend = await readTrend(
    warehouse,
    definition,
    { ...base, period: periodOf(request, asked, request.grain) },
    periods,
  );
  return { ...metricReport(definition, { whole, business, periods }, request.benchmark), trend };
}

/** Metrics over named parts of a scope, one question for all parts. A part without a row of a metric lacks it. */
export async function askParts(
  warehouse: Pick<Warehouse, 'query'>,
  metricIds: readonly string[],
  request: Asked,
  window: Pick<ReportWindow, 'since' | 'until'>,
  { by, names }: { by: ScopeDimension; names: readonly string[] },
): Promise<ScopeReport[]> {
  const parts = names.map((name) => ({ part: { by, name }, metrics: [] as MetricReport[] }));
  for (const definition of metricIds.map((id) => findMetric(id))) {
    const base = question(definition, { ...request, scope: { ...request.scope, [by]: names } });
    if (base === null) continue;
    const ask = (grain: QueryRequest['period']['grain']): Promise<Figure[]> =>
      runQuery(warehouse, { ...base, groupBy: [by], period: periodOf(request, window, grain) });
    const [wholes, periods] = [await ask('whole'), await ask(request.grain)];
    const periodsOf = groupedBy(by, periods);
    for (const { part, metrics } of parts) {
      const whole = wholes.find(({ group }) => group[by] === part.name);
      if (whole === undefined) continue;
      const figures = { whole, periods: periodsOf.get(part.name) ?? [] };
      metrics.push(metricReport(definition, figures, request.benchmark));
    }
  }
  return parts;
}

function question(definition: MetricDefinition, { scope, bots }: Asked): Omit<QueryRequest, 'period'> | null {
  const filters = scopeFilters(scope, definition);
  if (filters === null) return null;
  const knowsBots = definition.dimensions.includes('is_bot');
  return { metric: definition.id, filters: { ...filters, ...(knowsBots ? { bots } : {}) } };
}

function periodOf(
  { timeZone }: Asked,
  { since, until }: Pick<ReportWindow, 'since' | 'until'>,
  grain: QueryRequest['period']['grain'],
): QueryRequest['period'] {
  return { since, until, grain, timeZone };
}

function groupedBy(by: ScopeDimension, figures: readonly Figure[]): Map<string, Figure[]> {
  const groups = new Map<string, Figure[]>();
  for (const figure of figures) {
    const name = String(figure.group[by]);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [figure]);
    else group.push(figure);
  }
  return groups;
}
