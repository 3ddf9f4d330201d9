import type { QueryParams } from '@bellwether/warehouse';
import type { Catalogue } from '../catalogue.ts';
import type { MetricDefinition } from '../metric.ts';
import type { AggregateSql, Column, Cte } from './aggregates/aggregate.ts';
import { concentration } from './aggregates/concentration.ts';
import { count } from './aggregates/count.ts';
import { distribution } from './aggregates/distribution.ts';
import { ratio } from './aggregates/ratio.ts';
import { snapshot } from './aggregates/snapshot.ts';
import { boundDialect } from './dialect.ts';
import { type Plan, planQuery } from './plan.ts';
import type { QueryRequest } from './request.ts';

export interface CompiledQuery {
  metric: MetricDefinition;
  sql: string;
  params: QueryParams;
  /** Columns of `metric.dimensions` that the result is grouped by. */
  groups: readonly string[];
  /** All columns of the result, in order. */
  columns: readonly string[];
}

/**
 * Compiles a request. The result has a row for every group and every period of the window, also those in which nothing
 * happened; a group is one that has any row before the window ends.
 *
 * @throws BellwetherError for whatever the metric cannot answer; see `planQuery`
 */
export function compileQuery(request: QueryRequest, catalogue?: Catalogue): CompiledQuery {
  const dialect = boundDialect();
  const plan = planQuery(request, dialect, catalogue);
  const aggregate = aggregateOf(plan);
  const columns = resultColumns(plan, aggregate);
  return {
    metric: plan.metric,
    sql: statement(plan, aggregate, columns),
    params: dialect.params,
    groups: plan.groups,
    columns: columns.map(({ name }) => name),
  };
}

/** The rows that a request is about, from whatever time: filtered, each thing once per group. */
export function rowsSql(plan: Plan, columns: readonly string[]): string {
  return [
    `SELECT ${columns.join(', ')}`,
    `FROM metrics.${plan.metric.id}`,
    ...(plan.conditions.length > 0 ? [`WHERE ${plan.conditions.join(' AND ')}`] : []),
    // Before the window is cut: which row stands for a thing must not depend on the window that is looked at.
    // A window function, because ORDER BY … LIMIT 1 BY takes twice the time.
    ...(plan.onePer
      ? [
          `QUALIFY row_number() OVER (PARTITION BY ${plan.onePer.columns.join(', ')} ORDER BY ${plan.onePer.order.join(', ')}) = 1`,
        ]
      : []),
  ].join('\n');
}

function aggregateOf(plan: Plan): AggregateSql {
  const { aggregate } = plan.metric;
  if (aggregate.kind === 'concentration') return concentration(plan, aggregate);
  return { distribution, ratio, count, snapshot }[aggregate.kind](plan);
}

function resultColumns({ groups, calendar }: Plan, aggregate: AggregateSql): Column[] {
  const gap = [
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
  const rows = rowsSql(plan, ['at', 'value', 'gap', 'basis', ...aggregate.reads, ...groups].filter(isFirst));
  const ctes: Cte[] = [
    { name: 'observed', sql: `SELECT * FROM (\n${indent(rows)}\n) WHERE at < ${calendar.until}` },
    ...aggregate.ctes,
    {
      name: 'life',
      sql: [
        `SELECT ${[...groups, 'minOrNull(at) AS first_at'].join(', ')} FROM observed`,
        ...(groups.length > 0 ? [`GROUP BY ${groups.join(', ')}`] : []),
      ].join(' '),
    },
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

function isFirst(name: string, position: number, names: readonly string[]): boolean {
  return names.indexOf(name) === position;
}

function indent(sql: string): string {
  return sql.replaceAll(/^/gm, '  ');
}
