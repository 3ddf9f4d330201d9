import type { Warehouse } from '@bellwether/warehouse';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MetricDefinition } from '../src/metric.ts';
import { drillDown } from '../src/query/drill-down.ts';
import { explainGap } from '../src/query/gaps.ts';
import { runQuery } from '../src/query/run.ts';
import { expectSameFigures } from './figures.ts';
import { type ReferenceRow, referenceFigures } from './reference.ts';
import { requestFor } from './requests.ts';
import type { World, WorldKind } from './world.ts';
import { deliveries } from './worlds/deliveries.ts';

/**
 * Holds a metric, view and compiler together, against plain arithmetic over random facts: any grain, time zone,
 * grouping and filter.
 *
 * @param open      the warehouse of the test file: the embedded engine knows one folder per process
 * @param kind      which facts to invent; deliveries by default
 * @param plainRows what the view should hold of a repository's facts, written without looking at the view
 */
export function describeAgreement<Kind extends { repo: string } = World>(
  metric: MetricDefinition,
  open: () => Warehouse,
  plainRows: (world: Kind) => readonly ReferenceRow[],
  kind: WorldKind<Kind> = deliveries as unknown as WorldKind<Kind>,
): void {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const worlds = repos.flatMap((repo, index) => fc.sample(kind.of(repo), { seed: seed + index, numRuns: 1 }));
  const rowsOf = new Map(worlds.map((world) => [world.repo, plainRows(world)]));
  const anyRequest = requestFor(metric, repos, (repo) => rowsOf.get(repo) ?? []);

  describe(`over random facts (of seed ${String(seed)})`, () => {
    let warehouse: Warehouse;
    // One insert for all repositories: a query that looks at one or two of them is quick.
    beforeAll(async () => {
      warehouse = open();
      await kind.clear?.(warehouse);
      await kind.insert(warehouse, worlds);
    });

    it('agrees with plain arithmetic', async () => {
      await fc.assert(
        fc.asyncProperty(anyRequest, async (request) => {
          const rows = (request.filters.repo ?? repos).flatMap((repo) => rowsOf.get(repo) ?? []);
          const figures = await runQuery(warehouse, { metric: metric.id, ...request });
          expectSameFigures(figures, referenceFigures(metric, rows, request));
          for (const { gap } of figures) expect(gap === '' || explainGap(metric, gap) !== gap).toBe(true);
        }),
        { numRuns: questions },
      );
    });

    it('can be clicked down, row for row', async () => {
      await fc.assert(
        fc.asyncProperty(anyRequest, fc.nat(), async (request, choice) => {
          const asked = { metric: metric.id, ...request };
          const figures = await runQuery(warehouse, asked);
          const figure = figures[choice % Math.max(1, figures.length)];
          if (!figure) return;
          const rows = await drillDown(warehouse, asked, { limit: 5000, figure });
          expect(rows.length).toBe(figure.total);
          expect(rows.filter(({ value }) => value !== null).length).toBe(figure.n);
          if (request.keeps && figure.kind === 'ratio') {
            expect(rows.filter((row) => row['is_kept'] === true).length).toBe(figure.numerator);
          }
        }),
        { numRuns: 10 },
      );
    });
  });
}

/** Others each time; `npm run soak` asks more of them. */
const questions = Number(process.env['BELLWETHER_SOAK_QUESTIONS'] ?? 15);

/** Repositories of two organisations. */
const repos = Array.from(
  { length: 40 },
  (_, index) => `host/${index % 3 === 0 ? 'chance' : 'random'}/${String(index)}`,
);
