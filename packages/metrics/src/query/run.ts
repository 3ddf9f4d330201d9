import type { Warehouse } from '@bellwether/warehouse';
import type { Catalogue } from '../catalogue.ts';
import type { AggregateKind } from '../metric.ts';
import { compileQuery } from './compile.ts';
import type { Figure, FigureBase } from './figure.ts';
import type { QueryRequest } from './request.ts';

/**
 * Asks the warehouse. Figures are sorted by group, then by period; every group has every period of the window.
 *
 * @throws BellwetherError for a request that the metric cannot answer
 */
export async function runQuery(
  warehouse: Pick<Warehouse, 'query'>,
  request: QueryRequest,
  catalogue?: Catalogue,
): Promise<Figure[]> {
  const { kind, sql, params, groups } = compileQuery(request, catalogue);
  const rows = await warehouse.query<ResultRow>(sql, params);
  return rows.map((row) => toFigure(row, kind, groups));
}

/** A row as the compiled statement returns it. */
type ResultRow = Record<string, unknown> & {
  period_start: number;
  period_end: number;
  is_partial: boolean;
  value: number | null;
  n: number;
  total: number;
  coverage: number | null;
  gap: string;
  basis: Record<string, number>;
  gaps: Record<string, number>;
};

function toFigure(row: ResultRow, kind: AggregateKind, groups: readonly string[]): Figure {
  const base: FigureBase = {
    group: Object.fromEntries(groups.map((name) => [name, row[name] as string | boolean])),
    periodStart: row.period_start,
    periodEnd: row.period_end,
    isPartial: row.is_partial,
    value: row.value,
    n: row.n,
    total: row.total,
    coverage: row.coverage,
    gap: row.gap,
    basis: row.basis,
    gaps: row.gaps,
  };
  const number = (name: string): number => row[name] as number;
  const maybe = (name: string): number | null => row[name] as number | null;
  switch (kind) {
    case 'distribution':
      return { kind, ...base, p75: maybe('p75'), p90: maybe('p90') };
    case 'ratio':
    case 'standing-ratio':
      return { kind: 'ratio', ...base, numerator: number('numerator'), denominator: number('denominator') };
    case 'count':
      return { kind, ...base, observedSeconds: maybe('observed_seconds') };
    case 'sum':
      return { kind, ...base };
    case 'snapshot':
      return {
        kind,
        ...base,
        asOf: number('as_of'),
        ageSeconds: maybe('age_seconds'),
        ageP75Seconds: maybe('age_p75_seconds'),
        ageP90Seconds: maybe('age_p90_seconds'),
      };
    case 'concentration':
      return { kind, ...base, holders: number('holders'), busiestTenthShare: maybe('busiest_tenth_share') };
  }
}
