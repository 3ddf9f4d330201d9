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
  /** What it has to know of the whole life of a group, besides its first row; rows after the window may be among them. */
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

/**
 * Cells of rows that are instants: each lies in one period. Counted in two steps, first for each basis and gap, of which
 * there are few: a map per row would take as long as everything else together.
 *
 * @param part  what is gathered of the rows of a period, basis and gap, under a name
 * @param whole how these parts make one
 */
export function instants(
  plan: Plan,
  figure?: { name: string; part: string; whole: string },
): Pick<AggregateSql, 'sees' | 'ctes'> {
  const { calendar, groups } = plan;
  const parts = figure ? [`${figure.part} AS ${figure.name}`] : [];
  const wholes = figure ? [`${figure.whole} AS ${figure.name}`] : [];
  return {
    sees: [`${column('at')} >= ${calendar.since}`, `${column('at')} < ${calendar.until}`],
    ctes: [
      {
        name: 'slices',
        sql: [
          `SELECT ${[`${calendar.periodOf('at')} AS period`, ...groups, 'basis', 'gap', 'count() AS rows_seen', 'count(value) AS rows_known', ...parts].join(', ')}`,
          'FROM seen',
          `GROUP BY ${['period', ...groups, 'basis', 'gap'].join(', ')}`,
        ].join('\n'),
      },
      { name: 'cells', sql: groupedByPeriod(plan, [...sliced, ...wholes], 'slices') },
    ],
  };
}

/** Counts of cells that are made of slices: of rows with one basis and one gap. */
export const sliced = [
  'sum(rows_seen) AS total',
  'sum(rows_known) AS n',
  'sumMapIf(map(basis, rows_known), rows_known > 0) AS basis_counts',
  'sumMapIf(map(gap, rows_seen - rows_known), rows_seen > rows_known) AS gap_counts',
];

/** Not yet born, or nothing but rows without a value. */
export const isUnknown =
  'life.first_at IS NULL OR spine.period_end <= life.first_at OR (cells.total > 0 AND cells.n = 0)';
