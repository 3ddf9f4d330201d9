import type { Warehouse } from '@bellwether/warehouse';
import { findMetric } from '../catalogue.ts';
import { runQuery } from '../query/run.ts';
import { askParts, askWhole } from './ask-scope.ts';
import { findParts, type Parts, requireShown } from './parts.ts';
import type { MetricReport, Report, ReportRequest, ReportWindow, ScopeReport } from './report.ts';
import { onlyRepository, scopeDimensions, scopeNames } from './scope.ts';
import { doraMetrics, reportSections } from './sections.ts';
import { chooseWindow } from './window.ts';
import { withoutBands, withoutGuesses } from './withhold.ts';

/**
 * Computes the report of a scope: DORA of the whole and of its parts, then the sections that were asked for.
 *
 * @throws BellwetherError `window-empty` when the window ends before it begins; `service-unknown`, `team-unknown` and the
 *   like for a name of which nothing can be shown
 */
export async function buildReport(
  warehouse: Pick<Warehouse, 'query'>,
  request: ReportRequest,
): Promise<Report> {
  const { scope, grain, timeZone, benchmark } = request;
  const window = await chooseWindow(warehouse, request);
  // Of one name it is known now that there is something; several have to be looked at one by one.
  const isListed = scopeDimensions.some((dimension) => (scope[dimension] ?? []).length > 1);
  if (window === null || isListed) await requireShown(warehouse, request);
  const repo = onlyRepository(scope);
  const empty = { scope, repo, grain, timeZone, benchmark, window, scopes: [], quietParts: [], sections: [] };
  if (window === null) return empty;
  const parts = request.isUndivided === true ? null : await findParts(warehouse, request, window);
  return {
    ...empty,
    scopes: await reportScopes(warehouse, request, window, parts),
    quietParts: parts?.quiet ?? [],
    sections: await reportSections(warehouse, request, window),
  };
}

/** The whole and its parts; services that were asked for by name are looked at one by one, never blended. */
async function reportScopes(
  warehouse: Pick<Warehouse, 'query'>,
  request: ReportRequest,
  window: ReportWindow,
  found: Parts | null,
): Promise<ScopeReport[]> {
  const named = request.scope.service;
  const parts = named ? { by: 'service' as const, active: named } : found;
  const whole = named ? [] : [{ part: null, metrics: await wholeMetrics(warehouse, request, window) }];
  const isBlend =
    parts?.by === 'service' ||
    (onlyRepository(request.scope) === null && (await hasSeveralServices(warehouse, request, window)));
  const isGuess = parts?.by === 'service' && (await hasUnattributedChanges(warehouse, request, window));
  const apart =
    parts === null || parts.active.length === 0
      ? []
      : await askParts(warehouse, doraMetrics, request, window, { by: parts.by, names: parts.active });
  return [
    ...whole.map((scope) => (isBlend ? blended(scope) : scope)),
    ...apart.map((scope) => {
      if (parts?.by !== 'service') return isBlend ? blended(scope) : scope;
      return isGuess ? withoutGuesses(scope) : scope;
    }),
  ];
}

async function wholeMetrics(
  warehouse: Pick<Warehouse, 'query'>,
  request: ReportRequest,
  window: ReportWindow,
): Promise<MetricReport[]> {
  const metrics: MetricReport[] = [];
  for (const id of doraMetrics) {
    const metric = await askWhole(warehouse, findMetric(id), request, window);
    if (metric !== null) metrics.push(metric);
  }
  return metrics;
}

function blended(scope: ScopeReport): ScopeReport {
  return { ...scope, metrics: scope.metrics.map(withoutBands) };
}

async function hasSeveralServices(
  warehouse: Pick<Warehouse, 'query'>,
  { scope, timeZone }: ReportRequest,
  { since, until }: ReportWindow,
): Promise<boolean> {
  const figures = await runQuery(warehouse, {
    metric: 'deployment_frequency',
    period: { since, until, grain: 'whole', timeZone },
    filters: scopeNames(scope),
    groupBy: ['service'],
  });
  return figures.length > 1;
}

/** Whether changes of the same repositories belong to nobody knows which of their services. */
async function hasUnattributedChanges(
  warehouse: Pick<Warehouse, 'query'>,
  { scope, timeZone }: ReportRequest,
  { since, until }: ReportWindow,
): Promise<boolean> {
  const period = { since, until, grain: 'whole', timeZone } as const;
  let repos = scope.repo;
  if (repos === undefined && scope.service !== undefined) {
    const homes = await runQuery(warehouse, {
      metric: 'deployment_frequency',
      period,
      filters: scopeNames(scope),
      groupBy: ['repo'],
    });
    repos = homes.map(({ group }) => String(group['repo']));
  }
  const { service: _service, ...others } = scope;
  const filters = scopeNames({ ...others, ...(repos === undefined ? {} : { repo: repos }) });
  const figures = await runQuery(warehouse, {
    metric: 'change_lead_time',
    period,
    filters: { ...filters, service: ['(unattributed)'] },
  });
  return figures.some(({ n }) => n > 0);
}
