import { usageError } from '@bellwether/core';
import { type Catalogue, findMetric } from '../catalogue.ts';
import type { MetricDefinition } from '../metric.ts';
import { type Calendar, calendar } from './calendar.ts';
import type { Dialect } from './dialect.ts';
import { QueryRequest } from './request.ts';

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

const LISTS = ['repo', 'service', 'team', 'environment'] as const;

/**
 * @throws BellwetherError `metric-unknown`, `dimension-unknown`, `period-invalid`, `time-zone-unknown` or
 *   `request-invalid`
 */
export function planQuery(input: QueryRequest, dialect: Dialect, catalogue?: Catalogue): Plan {
  const request = parse(input);
  const metric = findMetric(request.metric, catalogue);
  const groups = [...new Set(request.groupBy)].map((name) => dimension(metric, name));
  const conditions: string[] = [];
  const pinned = new Set<string>(groups);
  let isVaryingFiltered = false;
  for (const name of LISTS) {
    const values = request.filters[name];
    if (!values) continue;
    dimension(metric, name);
    conditions.push(`has(${dialect.list(name, values)}, ${name})`);
    if (new Set(values).size === 1) pinned.add(name);
    if (metric.countsOnce?.variesBy.includes(name)) isVaryingFiltered = true;
  }
  const bots = botCondition(metric, request.filters.bots);
  if (bots) conditions.push(bots);

  let onePer: Plan['onePer'] = null;
  if (metric.countsOnce) {
    const { key, variesBy, marker, prefer } = metric.countsOnce;
    const isAsked = isVaryingFiltered || variesBy.some((name) => groups.includes(name));
    if (!isAsked) conditions.push(marker);
    else if (!variesBy.every((name) => pinned.has(name))) onePer = { columns: [...groups, ...key], order: prefer };
  }
  return { metric, groups, calendar: calendar(request.period, dialect), conditions, onePer };
}

function parse(input: QueryRequest) {
  const result = QueryRequest.safeParse(input);
  if (result.success) return result.data;
  const findings = result.error.issues.map(({ path, message }) => `${path.join('.') || 'request'}: ${message}`);
  throw usageError('request-invalid', `The question cannot be asked: ${findings.join('; ')}.`, 'Mend the field named.');
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

function botCondition(metric: MetricDefinition, bots: 'exclude' | 'include' | 'only'): string | null {
  if (metric.dimensions.includes('is_bot')) {
    return { exclude: 'NOT is_bot', include: null, only: 'is_bot' }[bots];
  }
  if (bots === 'only') dimension(metric, 'is_bot');
  return null;
}
