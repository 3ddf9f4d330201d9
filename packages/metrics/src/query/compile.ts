import type { QueryParams } from '@bellwether/warehouse';
import type { Catalogue } from '../catalogue.ts';
import type { AggregateKind, MetricDefinition } from '../metric.ts';
import type { AggregateCompiler, AggregateSql, Column, Cte } from './aggregates/aggregate.ts';
import { concentration } from './aggregates/concentration.ts';
import { count } from './aggregates/count.ts';
import { distribution } from './aggregates/distribution.ts';
import { ratio } from './aggregates/ratio.ts';
import { snapshot } from './aggregates/snapshot.ts';
import { standingRatio } from './aggregates/standing-ratio.ts';
import { sum } from './aggregates/sum.ts';
import { column } from './columns.ts';
import { boundDialect, type Dialect } from './dialect.ts';
import { type Plan, planQuery } from './plan.ts';
import type { QueryRequest } from './request.ts';
import { rowsSql } from './rows.ts';

export interface CompiledQuery {
  metric: MetricDefinition;
  /** How rows become a figure; not the metric's own where a limit is asked about. */
  kind: AggregateKind;
  sql: string;
  params: QueryParams;
  /** Dimensions that the result is grouped by. */
  groups: readonly string[];
  /** All columns of the result, in order. */
  columns: readonly string[];
}

const aggregates: Readonly<Record<AggregateKind, AggregateCompiler>> = {
  distribution,
  ratio,
  count,
  sum,
  snapshot,
  'standing-ratio': standingRatio,
  concentration,
};

/**
 * Compiles a request. The result has a row for every group and every period of the window, also those in which nothing
 * happened; a group is one that has any row before the window ends.
 *
 * @throws BellwetherError for whatever the metric cannot answer; see `planQuery`
 */
export function compileQuery(request: QueryRequest, catalogue?: Catalogue): CompiledQuery {
  const dialect = boundDialect();
  return compilePlan(planQuery(request, dialect, { catalogue }), dialect);
}

/** The statement of a plan, whatever the dialect that its values are written in. */
export function compilePlan(plan: Plan, dialect: Dialect): CompiledQuery {
  const aggregate = aggregates[plan.kind](plan);
  const columns = resultColumns(plan, aggregate);
  const sql = statement(plan, aggregate, columns);
  return {
    metric: plan.metric,
    kind: plan.kind,
    sql,
    params: usedParams(sql, dialect.params),
    groups: plan.groups,
    columns: columns.map(({ name }) => name),
  };
}

/** Only what the statement names: a server refuses nothing, but a reader of its log would wonder. */
export function usedParams(sql: string, params: QueryParams): QueryParams {
  return Object.fromEntries(Object.entries(params).filter(([name]) => sql.includes(`{${name}:`)));
}

function resultColumns({ groups, calendar }: Plan, aggregate: AggregateSql): Column[] {
  const gap = [
    ['life.first_at IS NULL AND life.is_known', 'not-yet'],
    ['life.first_at IS NULL', 'no-data'],
    ['spine.period_end <= life.first_at', 'not-yet'],
    ...aggregate.gaps,
    ['cells.total = 0', 'no-rows'],
  ].flatMap(([condition, name]) => [condition, `'${name}'`]);
  // The most frequent reason; of equally frequent ones the first by name.
  const reason =
    'arraySort((name, times) -> (-times, name), mapKeys(cells.gap_counts), mapValues(cells.gap_counts))[1]';
  return [
    ...groups.map((name) => ({ name, sql: `life.${name}` })),
    { name: 'period_start', sql: 'spine.period_start' },
    { name: 'period_end', sql: 'spine.period_end' },
    { name: 'is_partial', sql: `toBool(${calendar.isPartial('spine.period_start', 'spine.period_end')})` },
    { name: 'value', sql: aggregate.value },
    ...aggregate.columns,
    { name: 'n', sql: 'cells.n' },
    { name: 'total', sql: 'cells.total' },
    { name: 'coverage', sql: 'if(cells.total = 0, NULL, cells.n / cells.total)' },
    { name: 'gap', sql: `multiIf(value IS NOT NULL, '', ${gap.join(', ')}, ${reason})` },
    { name: 'basis', sql: 'cells.basis_counts' },
    { name: 'gaps', sql: 'cells.gap_counts' },
  ];
}

function statement(plan: Plan, aggregate: AggregateSql, columns: readonly Column[]): string {
  const { calendar, groups } = plan;
  const reads = ['at', 'value', 'gap', 'basis', ...aggregate.reads, ...groups];
  const ctes: Cte[] = [
    { name: 'seen', sql: rowsSql(plan, reads, aggregate.sees) },
    ...aggregate.ctes,
    { name: 'life', sql: lifeSql(plan, aggregate) },
    {
      name: 'spine',
      sql: [
        `SELECT ${calendar.periodAt('position')} AS period, ${calendar.startOf('period')} AS period_start, ${calendar.endOf('period')} AS period_end`,
        `FROM (SELECT arrayJoin(range(toInt64(${calendar.count}))) AS position)`,
      ].join('\n'),
    },
  ];
  return [
    `WITH\n${[
      ...calendar.declarations.map(({ name, sql }) => `${sql} AS ${name}`),
      ...ctes.map(({ name, sql }) => `${name} AS (\n${indent(sql)}\n)`),
    ].join(',\n')}`,
    `SELECT\n${columns.map(({ name, sql }) => `  ${sql} AS ${name}`).join(',\n')}`,
    'FROM life CROSS JOIN spine',
    `LEFT JOIN cells ON ${['period', ...groups].map((name) => `cells.${name} = ${name === 'period' ? 'spine' : 'life'}.${name}`).join(' AND ')}`,
    `ORDER BY ${[...groups.map((name) => `life.${name}`), 'spine.period_start'].join(', ')}`,
  ].join('\n');
}

/**
 * Which groups there are, and since when; `is_known` where there is any row, also after the window. A scan of its own, of
 * few columns: it reaches back to the first row that is known, and everything else has to read the window alone.
 */
function lifeSql(plan: Plan, aggregate: AggregateSql): string {
  const { calendar, groups, metric } = plan;
  const grouped = groups.length > 0 ? [`GROUP BY ${groups.join(', ')}`] : [];
  if (metric.history === 'window') {
    const select = `SELECT ${[...groups, `toNullable(${calendar.since}) AS first_at`, 'false AS is_known'].join(', ')}`;
    if (groups.length === 0) return select;
    const rows = rowsSql(plan, ['at', ...aggregate.reads, ...groups], aggregate.sees);
    return [select, `FROM (\n${indent(rows)}\n)`, ...grouped].join('\n');
  }
  const reads = ['at', ...(aggregate.life.length > 0 ? aggregate.reads : []), ...groups];
  // What begins after the window makes no group; all in all it tells "not yet" from "never".
  const isBegun = `at < ${calendar.until}`;
  const rows = rowsSql(plan, reads, groups.length > 0 ? [column(isBegun)] : []);
  const columns = [
    ...groups,
    `minOrNullIf(at, ${isBegun}) AS first_at`,
    'count() > 0 AS is_known',
    ...aggregate.life.map(({ name, sql }) => `${sql} AS ${name}`),
  ];
  return [`SELECT ${columns.join(', ')}`, `FROM (\n${indent(rows)}\n)`, ...grouped].join('\n');
}

function indent(sql: string): string {
  return sql.replaceAll(/^/gm, '  ');
}
