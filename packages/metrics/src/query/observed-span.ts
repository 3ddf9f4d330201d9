import type { Instant } from '@bellwether/core';
import type { Warehouse } from '@bellwether/warehouse';
import type { Catalogue } from '../catalogue.ts';
import { usedParams } from './compile.ts';
import { boundDialect } from './dialect.ts';
import { planQuery } from './plan.ts';
import type { QueryRequest } from './request.ts';
import { rowsSql } from './rows.ts';

/** From when to when a metric has rows; nulls where it has none. */
export interface ObservedSpan {
  first: Instant | null;
  last: Instant | null;
  rows: number;
}

/** Where the rows of a metric begin and end, so that a report can choose its window. */
export async function observedSpan(
  warehouse: Pick<Warehouse, 'query'>,
  request: Pick<QueryRequest, 'metric' | 'filters'>,
  catalogue?: Catalogue,
): Promise<ObservedSpan> {
  const dialect = boundDialect();
  const anyWindow = { since: 0, until: 1, grain: 'whole', timeZone: 'UTC' } as const;
  const plan = planQuery({ ...request, period: anyWindow }, dialect, { catalogue });
  const sql = `SELECT minOrNull(at) AS first, maxOrNull(at) AS last, count() AS rows\nFROM (\n${rowsSql(plan, ['at'])}\n)`;
  const [row] = await warehouse.query<ObservedSpan>(sql, usedParams(sql, dialect.params));
  return row ?? { first: null, last: null, rows: 0 };
}
