import type { Instant } from '@bellwether/core';
import type { Warehouse } from '@bellwether/warehouse';
import type { Catalogue } from '../catalogue.ts';
import { type CompiledQuery, rowsSql } from './compile.ts';
import { boundDialect, type Dialect } from './dialect.ts';
import type { FigureBase } from './figure.ts';
import { type Plan, planQuery } from './plan.ts';
import type { QueryRequest } from './request.ts';

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
  const { since, until } = request.period;
  const window = figure
    ? { since: Math.max(since, figure.periodStart), until: Math.min(until, figure.periodEnd) }
    : { since, until };
  const period = { ...request.period, ...window, grain: 'whole' as const };
  const plan = planQuery({ ...request, period }, dialect, catalogue);
  const { metric, groups } = plan;
  const isSnapshot = metric.aggregate.kind === 'snapshot';
  const columns = [
    'at',
    ...(isSnapshot ? ['ends_at'] : []),
    ...metric.dimensions,
    'value',
    'gap',
    'basis',
    ...metric.drillDown,
  ].filter((name, position, names) => names.indexOf(name) === position);
  const conditions = [
    `at < ${plan.calendar.until}`,
    isSnapshot ? `(ends_at IS NULL OR ends_at >= ${plan.calendar.until})` : `at >= ${plan.calendar.since}`,
    ...(figure ? groupConditions(plan, figure.group, dialect) : []),
  ];
  const sql = [
    `WITH ${plan.calendar.declarations.map(({ name, sql }) => `${sql} AS ${name}`).join(', ')}`,
    `SELECT ${columns.join(', ')}`,
    `FROM (\n${rowsSql(plan, columns)}\n)`,
    `WHERE ${conditions.join(' AND ')}`,
    `ORDER BY ${['at DESC', ...metric.drillDown].join(', ')}`,
    `LIMIT ${dialect.integer('limit', Math.trunc(limit))}`,
  ].join('\n');
  return { metric, sql, params: dialect.params, groups, columns };
}

function groupConditions({ groups }: Plan, group: FigureBase['group'], dialect: Dialect): string[] {
  return groups.map((name) => {
    const value = group[name];
    if (typeof value === 'boolean') return value ? name : `NOT ${name}`;
    return `${name} = ${dialect.text(`group_${name}`, value ?? '')}`;
  });
}
