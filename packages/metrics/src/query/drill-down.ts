import type { Instant } from '@bellwether/core';
import type { Warehouse } from '@bellwether/warehouse';
import type { Catalogue } from '../catalogue.ts';
import { spreadsOfWindow } from './aggregates/concentration.ts';
import { column } from './columns.ts';
import { type CompiledQuery, usedParams } from './compile.ts';
import { boundDialect, type Dialect } from './dialect.ts';
import type { FigureBase } from './figure.ts';
import { type Plan, planQuery } from './plan.ts';
import type { QueryRequest } from './request.ts';
import { rowsSql } from './rows.ts';

export interface DrillDownOptions {
  /** At most this many rows, the latest. */
  limit: number;
  /** Only the rows behind this figure of the same request; absent: those of the whole window. */
  figure?: Pick<FigureBase, 'group' | 'periodStart' | 'periodEnd'>;
}

/** A row behind a figure: when, where, how much, and the keys of the things it is about. */
export type DrillDownRow = Readonly<Record<string, unknown>> & {
  at: Instant;
  value: number | null;
  gap: string;
  basis: string;
};

/** The rows behind a number, latest first, with the columns that the metric declares for clicking down. */
export async function drillDown(
  warehouse: Pick<Warehouse, 'query'>,
  request: QueryRequest,
  options: DrillDownOptions,
  catalogue?: Catalogue,
): Promise<DrillDownRow[]> {
  const { sql, params } = compileDrillDown(request, options, catalogue);
  return warehouse.query<DrillDownRow>(sql, params);
}

/**
 * Compiles the question for the rows behind a number.
 *
 * @throws BellwetherError as `compileQuery` does
 */
export function compileDrillDown(
  request: QueryRequest,
  { limit, figure }: DrillDownOptions,
  catalogue?: Catalogue,
): CompiledQuery {
  const dialect = boundDialect();
  const plan = planQuery(within(request, figure), dialect, { catalogue, knownUntil: request.period.until });
  return compileRows(plan, dialect, { limit, ...(figure ? { figure } : {}) });
}

/** The rows of a plan, whatever the dialect that its values are written in. */
export function compileRows(
  plan: Plan,
  dialect: Dialect,
  { limit, figure }: DrillDownOptions,
): CompiledQuery {
  const { metric, groups } = plan;
  const columns = [
    'at',
    ...(isStanding(plan) ? ['ends_at'] : []),
    ...metric.dimensions,
    ...groups,
    ...(metric.hasManyServices ? ['services'] : []),
    'value',
    'gap',
    'basis',
    ...metric.drillDown,
  ].filter((name, position, names) => names.indexOf(name) === position);
  const kept = plan.limit === null ? [] : [`${isKept(plan, plan.limit)} AS is_kept`];
  const conditions = figure ? groupConditions(plan, figure.group, dialect) : [];
  const sql = [
    `WITH ${plan.calendar.declarations.map(({ name, sql }) => `${sql} AS ${name}`).join(', ')}`,
    `SELECT ${[...columns, ...kept].join(', ')}`,
    `FROM (\n${rowsSql(plan, columns, windowConditions(plan))}\n)`,
    ...(conditions.length > 0 ? [`WHERE ${conditions.join(' AND ')}`] : []),
    `ORDER BY ${['at DESC', ...metric.drillDown].join(', ')}`,
    `LIMIT ${dialect.integer('limit', Math.trunc(limit))}`,
  ].join('\n');
  const names = [...columns, ...(kept.length > 0 ? ['is_kept'] : [])];
  return { metric, kind: plan.kind, sql, params: usedParams(sql, dialect.params), groups, columns: names };
}

/** The same question about the period of the figure alone. */
function within(request: QueryRequest, figure: DrillDownOptions['figure']): QueryRequest {
  const { since, until } = request.period;
  const window = figure
    ? { since: Math.max(since, figure.periodStart), until: Math.min(until, figure.periodEnd) }
    : { since, until };
  return { ...request, period: { ...request.period, ...window } };
}

function isStanding({ metric }: Plan): boolean {
  const { kind } = metric.aggregate;
  return kind === 'snapshot' || kind === 'standing-ratio';
}

function windowConditions(plan: Plan): string[] {
  const { since, until } = plan.calendar;
  if (plan.kind === 'concentration') return spreadsOfWindow(plan);
  const begun = `${column('at')} < ${until}`;
  if (!isStanding(plan)) return [begun, `${column('at')} >= ${since}`];
  return [begun, `(${column('ends_at')} IS NULL OR ${column('ends_at')} >= ${until})`];
}

/** Whether a row keeps the limit that was asked about; null where it has no value. */
function isKept(plan: Plan, limit: string): string {
  const age = `(toUnixTimestamp64Milli(${plan.calendar.until}) - toUnixTimestamp64Milli(at)) / 1000`;
  return `if(value IS NULL, NULL, toBool(${isStanding(plan) ? age : 'value'} <= ${limit}))`;
}

function groupConditions({ groups }: Plan, group: FigureBase['group'], dialect: Dialect): string[] {
  return groups.map((name) => {
    const value = group[name];
    if (typeof value === 'boolean') return value ? name : `NOT ${name}`;
    return `${name} = ${dialect.text(`group_${name}`, value ?? '')}`;
  });
}
