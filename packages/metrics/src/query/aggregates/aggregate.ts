import { column } from '../columns.ts';
import type { Plan } from '../plan.ts';

/** A named subquery of the compiled statement. */
export interface Cte {
  name: string;
  sql: string;
}

/** A column of the result. */
export interface Column {
  name: string;
  sql: string;
}

/**
 * What one kind of aggregate adds to the statement that `compile.ts` lays out. `seen` holds the rows of the window,
 * `life` one row per group, `spine` one row per period; the last of `ctes` is `cells`: one row per group and period
 * that has rows.
 */
export interface AggregateSql {
  /** Columns of the view that it needs besides the usual. */
  reads: readonly string[];
  /** Which rows belong to the window. */
  sees: readonly string[];
  /** What it has to know of the whole life of a group, besides its first row. */
  life: readonly Column[];
  ctes: readonly Cte[];
  /** The figure, null where there is none. */
  value: string;
  /** Further columns of the result. */
  columns: readonly Column[];
  /** Why there is no figure although there are values: condition and gap. */
  gaps: readonly (readonly [condition: string, gap: string])[];
}

export type AggregateCompiler = (plan: Plan) => AggregateSql;

/** Counts that every kind has. `quality` because they tell how far a figure can be trusted. */
export const quality = [
  'count() AS total',
  'count(value) AS n',
  // What the values rest on; a row without a value rests on nothing.
  'sumMapIf(map(basis, toUInt64(1)), value IS NOT NULL) AS basis_counts',
  'sumMapIf(map(gap, toUInt64(1)), value IS NULL) AS gap_counts',
] as const;

/** `SELECT … FROM from GROUP BY period and the groups`. */
export function groupedByPeriod(
  { groups }: Plan,
  columns: readonly string[],
  from: string,
  period?: string,
): string {
  const by = ['period', ...groups];
  return [
    `SELECT ${[period ? `${period} AS period` : 'period', ...groups, ...columns].join(', ')}`,
    `FROM ${from}`,
    `GROUP BY ${by.join(', ')}`,
  ].join('\n');
}

/** Cells of rows that are instants: each lies in one period. */
export function instants(plan: Plan, columns: readonly string[]): Pick<AggregateSql, 'sees' | 'ctes'> {
  const { calendar } = plan;
  return {
    sees: [`${column('at')} >= ${calendar.since}`, `${column('at')} < ${calendar.until}`],
    ctes: [
      {
        name: 'cells',
        sql: groupedByPeriod(plan, [...quality, ...columns], 'seen', calendar.periodOf('at')),
      },
    ],
  };
}

/** Not yet born, or nothing but rows without a value. */
export const isUnknown =
  'life.first_at IS NULL OR spine.period_end <= life.first_at OR (cells.total > 0 AND cells.n = 0)';
