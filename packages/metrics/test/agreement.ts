import { changeDeployments, changes, deploymentOutcomes, type Warehouse } from '@bellwether/warehouse';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MetricDefinition } from '../src/metric.ts';
import { drillDown } from '../src/query/drill-down.ts';
import { explainGap } from '../src/query/gaps.ts';
import { runQuery } from '../src/query/run.ts';
import { expectSameFigures } from './figures.ts';
import { type ReferenceRow, referenceFigures } from './reference.ts';
import { requestFor } from './requests.ts';
import { type World, worldOf } from './world.ts';

/**
 * Holds a metric, view and compiler together, against plain arithmetic over random facts: any grain, time zone,
 * grouping and filter.
 *
 * @param open      the warehouse of the test file: the embedded engine knows one folder per process
 * @param plainRows what the view should hold of a repository's facts, written without looking at the view
 */
export function describeAgreement(
  metric: MetricDefinition,
  open: () => Warehouse,
  plainRows: (world: World) => readonly ReferenceRow[],
): void {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const repos = Array.from({ length: 40 }, (_, index) => `host/random/${String(index)}`);
  const worlds = repos.flatMap((repo, index) => fc.sample(worldOf(repo), { seed: seed + index, numRuns: 1 }));
  const rowsOf = new Map(worlds.map((world) => [world.repo, plainRows(world)]));
  const instantsOf = (repo: string): number[] =>
    (rowsOf.get(repo) ?? []).flatMap(({ at, endsAt }) => (endsAt == null ? [at] : [at, endsAt]));
  const anyRequest = requestFor(metric, repos, instantsOf);

  describe(`over random facts (of seed ${String(seed)})`, () => {
    let warehouse: Warehouse;
    // One insert for all repositories: a query that looks at one or two of them is quick.
    beforeAll(async () => {
      warehouse = open();
      await warehouse.insert(
        changes,
        worlds.flatMap((world) => world.changes),
      );
      await warehouse.insert(
        changeDeployments,
        worlds.flatMap((world) => world.changeDeployments),
      );
      await warehouse.insert(
        deploymentOutcomes,
        worlds.flatMap((world) => world.outcomes),
      );
    });

    it('agrees with plain arithmetic', async () => {
      await fc.assert(
        fc.asyncProperty(anyRequest, async (request) => {
          const rows = (request.filters.repo ?? []).flatMap((repo) => rowsOf.get(repo) ?? []);
          const figures = await runQuery(warehouse, { metric: metric.id, ...request });
          expectSameFigures(figures, referenceFigures(metric.aggregate.kind, rows, request));
          for (const { gap } of figures) expect(gap === '' || explainGap(metric, gap) !== gap).toBe(true);
        }),
        { numRuns: 60 },
      );
    });

    it('can be clicked down, row for row', async () => {
      await fc.assert(
        fc.asyncProperty(anyRequest, fc.nat(), async (request, choice) => {
          const asked = { metric: metric.id, ...request };
          const figures = await runQuery(warehouse, asked);
          const figure = figures[choice % Math.max(1, figures.length)];
          if (!figure) return;
          const rows = await drillDown(warehouse, asked, { limit: 1000, figure });
          expect(rows.length).toBe(figure.total);
          expect(rows.filter(({ value }) => value !== null).length).toBe(figure.n);
        }),
        { numRuns: 20 },
      );
    });
  });
}
