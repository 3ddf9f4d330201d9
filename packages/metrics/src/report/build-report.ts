import { usageError } from '@bellwether/core';
import type { Warehouse } from '@bellwether/warehouse';
import { bandOf } from '../benchmarks/index.ts';
import type { MetricDefinition } from '../metric.ts';
import type { Figure } from '../query/figure.ts';
import type { QueryRequest } from '../query/request.ts';
import { runQuery } from '../query/run.ts';
import { metrics } from '../registry.ts';
import type {
  MetricReport,
  Report,
  ReportFigure,
  ReportRequest,
  ReportWindow,
  ScopeReport,
} from './report.ts';
import { chooseWindow, isEmptyWindow } from './window.ts';
import { withoutBands, withoutGuesses } from './withhold.ts';

/** The order in which people read them: throughput, then instability, then what is on its way. */
const order = [
  'deployment_frequency',
  'change_lead_time',
  'change_fail_rate',
  'failed_deployment_recovery_time',
  'deployment_rework_rate',
  'changes_awaiting_deployment',
] as const;

/**
 * Computes the DORA report of one repository.
 *
 * @throws BellwetherError `window-empty` when it ends before it begins, `service-unknown` for a service without releases
 */
export async function buildReport(
  warehouse: Pick<Warehouse, 'query'>,
  request: ReportRequest,
): Promise<Report> {
  const { repo, grain, timeZone, benchmark } = request;
  const window = await chooseWindow(warehouse, request);
  const empty = { repo, grain, timeZone, benchmark, window, scopes: [], quietServices: [] };
  if (window === null) return empty;
  if (isEmptyWindow(window)) {
    throw usageError(
      'window-empty',
      `The window ends on ${isoDay(window.until)}, before it begins on ${isoDay(window.since)}.`,
      'Choose an earlier --since or a later --until.',
    );
  }
  const { active, quiet } = await findServices(warehouse, request, window);
  const isSingle = active.length + quiet.length < 2;
  const wanted = request.services.length > 0 ? request.services : isSingle ? [] : active;
  const scopes = await reportScopes(warehouse, request, window, { wanted, isSingle });
  return { ...empty, scopes, quietServices: quiet };
}

/** The services of a repository, busiest first, parted by whether they released in the window. */
async function findServices(
  warehouse: Pick<Warehouse, 'query'>,
  request: ReportRequest,
  window: ReportWindow,
): Promise<{ active: string[]; quiet: string[] }> {
  const figures = await runQuery(warehouse, {
    metric: 'deployment_frequency',
    period: { since: window.since, until: window.until, grain: 'whole', timeZone: request.timeZone },
    filters: { repo: [request.repo] },
    groupBy: ['service'],
  });
  const services = figures
    .map(({ group, n }) => ({ service: String(group['service']), n }))
    .sort((a, b) => b.n - a.n || (a.service < b.service ? -1 : 1));
  const known = new Set(services.map(({ service }) => service));
  const unknown = request.services.find((service) => !known.has(service));
  if (unknown !== undefined) {
    throw usageError(
      'service-unknown',
      `No release of a service "${unknown}" is known in ${request.repo}.`,
      known.size === 0 ? 'Leave --service out.' : `Known are: ${[...known].slice(0, 30).join(', ')}`,
    );
  }
  return {
    active: services.filter(({ n }) => n > 0).map(({ service }) => service),
    quiet: services.filter(({ n }) => n === 0).map(({ service }) => service),
  };
}

async function reportScopes(
  warehouse: Pick<Warehouse, 'query'>,
  request: ReportRequest,
  window: ReportWindow,
  { wanted, isSingle }: { wanted: readonly string[]; isSingle: boolean },
): Promise<ScopeReport[]> {
  const whole = request.services.length > 0 ? [] : await scopesOf(warehouse, request, window, []);
  const parts = wanted.length === 0 ? [] : await scopesOf(warehouse, request, window, wanted);
  const isGuess = parts.length > 0 && (await hasUnattributedChanges(warehouse, request, window));
  return [
    ...whole.map((scope) => (isSingle ? scope : { ...scope, metrics: scope.metrics.map(withoutBands) })),
    ...parts.map((scope) => (isGuess ? withoutGuesses(scope) : scope)),
  ];
}

async function hasUnattributedChanges(
  warehouse: Pick<Warehouse, 'query'>,
  { repo, timeZone }: ReportRequest,
  { since, until }: ReportWindow,
): Promise<boolean> {
  const figures = await runQuery(warehouse, {
    metric: 'change_lead_time',
    period: { since, until, grain: 'whole', timeZone },
    filters: { repo: [repo], service: ['(unattributed)'] },
  });
  return figures.some(({ n }) => n > 0);
}

/** One scope for each of the services, or one for the whole repository when there are none; one question per metric. */
async function scopesOf(
  warehouse: Pick<Warehouse, 'query'>,
  { repo, grain, timeZone, benchmark, bots }: ReportRequest,
  { since, until }: ReportWindow,
  services: readonly string[],
): Promise<ScopeReport[]> {
  const isWhole = services.length === 0;
  const scopes: { service: string | null; metrics: MetricReport[] }[] = isWhole
    ? [{ service: null, metrics: [] }]
    : services.map((service) => ({ service, metrics: [] }));
  for (const definition of definitionsInOrder()) {
    if (!isWhole && !definition.dimensions.includes('service')) continue;
    const ask = (grainOfPeriod: QueryRequest['period']['grain']): Promise<Figure[]> =>
      runQuery(warehouse, {
        metric: definition.id,
        period: { since, until, grain: grainOfPeriod, timeZone },
        filters: {
          repo: [repo],
          ...(definition.dimensions.includes('is_bot') ? { bots } : {}),
          ...(isWhole ? {} : { service: [...services] }),
        },
        groupBy: isWhole ? [] : ['service'],
      });
    const [wholes, periods] = [await ask('whole'), await ask(grain)];
    for (const scope of scopes) {
      const isOfScope = ({ group }: Figure): boolean =>
        scope.service === null || group['service'] === scope.service;
      const whole = wholes.find(isOfScope);
      // A service without a single row of this metric has no figure, and says so by its absence.
      if (whole !== undefined) {
        scope.metrics.push(toReport(definition, whole, periods.filter(isOfScope), benchmark));
      }
    }
  }
  return scopes;
}

function definitionsInOrder(): MetricDefinition[] {
  return order.map((id) => {
    const definition = metrics.find((metric) => metric.id === id);
    if (definition === undefined) throw new Error(`no metric ${id}`);
    return definition;
  });
}

function toReport(
  definition: MetricDefinition,
  whole: Figure,
  periods: readonly Figure[],
  benchmark: ReportRequest['benchmark'],
): MetricReport {
  const judge = (figure: Figure, change: number | null): ReportFigure => ({
    ...figure,
    change,
    band: bandOf(definition.id, figure, benchmark),
  });
  const { id, title, unit, direction } = definition;
  return {
    id,
    title,
    unit,
    direction,
    whole: judge(whole, null),
    periods: periods.map((figure, index) => judge(figure, changeAgainst(periods[index - 1], figure))),
  };
}

/** The change against the period before; a period that the window cuts cannot be compared. */
function changeAgainst(before: Figure | undefined, figure: Figure): number | null {
  if (before?.value === undefined || before.value === null || figure.value === null) return null;
  // A state is one at any instant; everything else needs the whole period.
  if (figure.kind !== 'snapshot' && (before.isPartial || figure.isPartial)) return null;
  if (figure.kind === 'ratio') return figure.value - before.value;
  return before.value === 0 ? null : (figure.value - before.value) / before.value;
}

function isoDay(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
