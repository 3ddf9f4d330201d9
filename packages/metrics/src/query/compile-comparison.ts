import type { QueryParams } from '@bellwether/warehouse';
import type { Catalogue } from '../catalogue.ts';
import { column } from './columns.ts';
import { usedParams } from './compile.ts';
import { boundDialect } from './dialect.ts';
import { type Plan, planQuery } from './plan.ts';
import type { QueryRequest } from './request.ts';
import { rowsSql } from './rows.ts';

/**
 * Compiles the question whether the values of two windows differ, for metrics whose figure is a median: one row per
 * group with `p_value` of a two-sided Mann–Whitney test (the engine's own: normal approximation with correction for
 * ties and continuity). It asks of the rows, so it needs nothing to be normally distributed.
 *
 * @throws BellwetherError as `compileQuery` does
 */
export function compileComparison(
  request: QueryRequest,
  previous: { since: number; until: number },
  catalogue?: Catalogue,
): { sql: string; params: QueryParams; groups: readonly string[] } {
  const dialect = boundDialect();
  const plan = planQuery(request, dialect, { catalogue });
  const sql = comparisonSql(plan, [
    dialect.instant('previous_since', previous.since),
    dialect.instant('previous_until', previous.until),
  ]);
  return { sql, params: usedParams(sql, dialect.params), groups: plan.groups };
}

/**
 * The statement of a plan for the window beside another one, in whatever dialect the plan is. A group that has no values
 * in one of them has no row: the engine's test refuses an empty side, and with it the whole statement.
 */
export function comparisonSql(plan: Plan, previous: readonly [string, string]): string {
  const { calendar, groups } = plan;
  const at = column('at');
  const windows = `((${at} >= ${calendar.since} AND ${at} < ${calendar.until}) OR (${at} >= ${previous[0]} AND ${at} < ${previous[1]}))`;
  const test = String.raw`arrayReduce('mannWhitneyUTest(\'two-sided\', 1)', measured, sides).2`;
  return [
    `WITH ${calendar.declarations.map(({ name, sql }) => `${sql} AS ${name}`).join(', ')}`,
    `SELECT ${[...groups, `${test} AS p_value`].join(', ')}`,
    'FROM (',
    `  SELECT ${[...groups, 'groupArray(toFloat64(assumeNotNull(value))) AS measured', `groupArray(toUInt8(at >= ${calendar.since})) AS sides`].join(', ')}`,
    `  FROM (\n${rowsSql(plan, ['at', 'value', ...groups], [windows])}\n)`,
    '  WHERE value IS NOT NULL',
    ...(groups.length > 0 ? [`  GROUP BY ${groups.join(', ')}`] : []),
    ')',
    'WHERE has(sides, 0) AND has(sides, 1)',
  ].join('\n');
}
