import { usageError } from '@bellwether/core';
import { type Catalogue, findMetric } from '../catalogue.ts';
import type { MetricDefinition } from '../metric.ts';
import { type Calendar, calendar } from './calendar.ts';
import type { Dialect } from './dialect.ts';
import { type Bots, QueryRequest } from './request.ts';

/** A checked request: every name in it comes from a definition, every value is what the dialect made of it. */
export interface Plan {
  metric: MetricDefinition;
  groups: readonly string[];
  calendar: Calendar;
  /** Conditions on the rows of the view. */
  conditions: readonly string[];
  /** The columns in which a thing may have only one row, and the order that picks it; null where rows just count. */
  onePer: { columns: readonly string[]; order: readonly string[] } | null;
}

/**
 * @throws BellwetherError `metric-unknown`, `dimension-unknown`, `period-invalid`, `time-zone-unknown` or
 *   `request-invalid`
 */
export function planQuery(input: QueryRequest, dialect: Dialect, catalogue?: Catalogue): Plan {
  const request = parse(input);
  const metric = findMetric(request.metric, catalogue);
  const groups = [...new Set(request.groupBy)].map((name) => dimension(metric, name));
  const { bots: botChoice, ...lists } = request.filters;
  const choices = new Map(
    Object.entries(lists).map(([name, values]) => [dimension(metric, name), values as readonly string[]]),
  );
  const conditions = [...choices].map(([name, values]) => `${name} IN ${dialect.list(name, values)}`);
  const bots = botCondition(metric, botChoice);
  if (bots) conditions.push(bots);
  const { marker, onePer } = oneRowPerThing(metric, groups, choices);
  if (marker) conditions.push(marker);
  return { metric, groups, calendar: calendar(request.period, dialect), conditions, onePer };
}

/**
 * Makes a thing with several rows count once in each group. The column that marks one of them is the cheap way, and
 * right only as long as nothing is asked about the dimensions in which they differ: the marked row of a change may be
 * the one of another service.
 */
function oneRowPerThing(
  { countsOnce }: MetricDefinition,
  groups: readonly string[],
  choices: ReadonlyMap<string, readonly string[]>,
): { marker: string | null; onePer: Plan['onePer'] } {
  if (!countsOnce) return { marker: null, onePer: null };
  const { key, variesBy, marker, prefer } = countsOnce;
  const isAsked = variesBy.some((name) => groups.includes(name) || choices.has(name));
  if (!isAsked) return { marker, onePer: null };
  const isSingle = variesBy.every((name) => groups.includes(name) || choices.get(name)?.length === 1);
  return { marker: null, onePer: isSingle ? null : { columns: [...groups, ...key], order: prefer } };
}

function parse(input: QueryRequest) {
  const result = QueryRequest.safeParse(input);
  if (result.success) return result.data;
  const findings = result.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'request'}: ${message}`,
  );
  throw usageError(
    'request-invalid',
    `The question cannot be asked: ${findings.join('; ')}.`,
    'Mend the field named.',
  );
}

/** The name of a dimension, taken from the definition: what the request says never reaches the SQL. */
function dimension(metric: MetricDefinition, name: string): string {
  const found = metric.dimensions.find((each) => each === name);
  if (found !== undefined) return found;
  throw usageError(
    'dimension-unknown',
    `${metric.title} does not know ${JSON.stringify(name)}.`,
    `Use one of: ${metric.dimensions.join(', ')}.`,
  );
}

function botCondition(metric: MetricDefinition, bots: Bots): string | null {
  if (metric.dimensions.includes('is_bot')) {
    return { exclude: 'NOT is_bot', include: null, only: 'is_bot' }[bots];
  }
  if (bots === 'only') dimension(metric, 'is_bot');
  return null;
}
