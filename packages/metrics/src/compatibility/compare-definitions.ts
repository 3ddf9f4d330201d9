import { readFileSync } from 'node:fs';
import type { Instant } from '@bellwether/core';
import type { Warehouse } from '@bellwether/warehouse';
import { findMetric } from '../catalogue.ts';
import type { Figure } from '../query/figure.ts';
import { runQuery } from '../query/run.ts';
import type { RivalMetric, RivalRow, RivalSystem } from './system.ts';

/** What is compared: some repositories, which the other system would call a project, over a window. */
export interface DefinitionRequest {
  readonly repos: readonly string[];
  readonly since: Instant;
  /** Exclusive. */
  readonly until: Instant;
  /** Days and weeks begin there. */
  readonly timeZone: string;
}

/** A figure of another system beside ours, and why they differ. */
export interface DefinitionComparison {
  readonly title: string;
  readonly unit: RivalMetric['unit'];
  readonly theirs: { readonly value: number | null; readonly n: number; readonly band: string };
  readonly ours: {
    readonly metric: string;
    readonly title: string;
    readonly unit: string;
    readonly figure: Figure;
  };
  /** What its rules did to this very figure, with numbers. */
  readonly why: readonly string[];
}

/** Computes DORA as another system does, from the same data, beside our own figures. */
export async function compareDefinitions(
  warehouse: Pick<Warehouse, 'query'>,
  system: RivalSystem,
  request: DefinitionRequest,
): Promise<DefinitionComparison[]> {
  const comparisons: DefinitionComparison[] = [];
  for (const metric of system.metrics) {
    const row = await askAsSystem(warehouse, system, metric, request);
    const { id, title, unit } = findMetric(metric.ours);
    const figure = await ownFigure(warehouse, id, request);
    if (figure === undefined) continue;
    comparisons.push({
      title: metric.title,
      unit: metric.unit,
      theirs: { value: row.value, n: row.n, band: metric.band(row) },
      ours: { metric: id, title, unit, figure },
      why: metric.clauses.flatMap(({ effect }) => effect?.(row) ?? []),
    });
  }
  return comparisons;
}

/** The row of one statement; it always has exactly one. */
export async function askAsSystem(
  warehouse: Pick<Warehouse, 'query'>,
  system: Pick<RivalSystem, 'id'>,
  metric: Pick<RivalMetric, 'file'>,
  { repos, since, until, timeZone }: DefinitionRequest,
): Promise<RivalRow> {
  // SQL files stay in src/; this path holds from src/ and from dist/ alike.
  const file = new URL(`../../src/compatibility/${system.id}/${metric.file}`, import.meta.url);
  const params = { repos: [...repos], since, until, time_zone: timeZone };
  const [row] = await warehouse.query<RivalRow>(readFileSync(file, 'utf8'), params);
  if (row === undefined) throw new Error(`${system.id}/${metric.file} returned no row`);
  return row;
}

async function ownFigure(
  warehouse: Pick<Warehouse, 'query'>,
  metric: string,
  { repos, since, until, timeZone }: DefinitionRequest,
): Promise<Figure | undefined> {
  const [figure] = await runQuery(warehouse, {
    metric,
    period: { since, until, grain: 'whole', timeZone },
    filters: { repo: [...repos] },
  });
  return figure;
}
