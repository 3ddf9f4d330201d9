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
 * What one kind of aggregate adds to the statement that `compile.ts` lays out. `observed` holds the rows, `life` one
 * row per group, `spine` one row per period; the last of `ctes` is `cells`: one row per group and period that has rows.
 */
export interface AggregateSql {
  /** Columns of the view that it needs besides the usual. */
  reads: readonly string[];
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

/** `SELECT … FROM from WHERE … GROUP BY period and the groups`. */
export function groupedByPeriod(
  { groups }: Plan,
  columns: readonly string[],
  from: string,
  options: { period?: string; where?: string; by?: readonly string[] } = {},
): string {
  const by = ['period', ...groups, ...(options.by ?? [])];
  return [
    `SELECT ${[options.period ? `${options.period} AS period` : 'period', ...by.slice(1), ...columns].join(', ')}`,
    `FROM ${from}`,
    ...(options.where ? [`WHERE ${options.where}`] : []),
    `GROUP BY ${by.join(', ')}`,
  ].join('\n');
}

/** The rows of the window with the period that each lies in. */
export function inWindow({ calendar }: Plan): { period: string; where: string } {
  return { period: calendar.periodOf('at'), where: `at >= ${calendar.since}` };
}
