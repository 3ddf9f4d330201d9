import type { QueryParams } from '@bellwether/warehouse';
import type { Catalogue } from '../catalogue.ts';
import { column } from './columns.ts';
import { usedParams } from './compile.ts';
import { boundDialect } from './dialect.ts';
import { planQuery } from './plan.ts';
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
  const { calendar, groups } = plan;
  const before = [
    dialect.instant('previous_since', previous.since),
    dialect.instant('previous_until', previous.until),
  ];
  const at = column('at');
  const windows = `((${at} >= ${calendar.since} AND ${at} < ${calendar.until}) OR (${at} >= ${before[0]!} AND ${at} < ${before[1]!}))`;
  const sql = [
    `WITH ${calendar.declarations.map(({ name, sql }) => `${sql} AS ${name}`).join(', ')}`,
    `SELECT ${[...groups, `mannWhitneyUTest('two-sided', 1)(toFloat64(assumeNotNull(value)), toUInt8(at >= ${calendar.since})).2 AS p_value`].join(', ')}`,
    `FROM (\n${rowsSql(plan, ['at', 'value', ...groups], [windows])}\n)`,
    'WHERE value IS NOT NULL',
    ...(groups.length > 0 ? [`GROUP BY ${groups.join(', ')}`] : []),
  ].join('\n');
  return { sql, params: usedParams(sql, dialect.params), groups };
}
