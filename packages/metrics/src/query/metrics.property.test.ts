import { changeDeployments, changes, deploymentOutcomes, type Warehouse } from '@bellwether/warehouse';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectSameFigures } from '../../test/figures.ts';
import { referenceFigures } from '../../test/reference.ts';
import { requestFor } from '../../test/requests.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { rowsOf, type World, worldOf } from '../../test/world.ts';
import { metrics } from '../registry.ts';
import { drillDown } from './drill-down.ts';
import { explainGap } from './gaps.ts';
import { observedSpan } from './observed-span.ts';
import { runQuery } from './run.ts';

const seed = Math.floor(Math.random() * 2 ** 31);
const repos = Array.from({ length: 40 }, (_, index) => `host/random/${String(index)}`);

const worlds = new Map(
  repos.map((repo, index) => [
    repo,
    fc.sample(worldOf(repo), { seed: seed + index, numRuns: 1 })[0] as World,
  ]),
);
const instants = [...worlds.values()].flatMap((world) => [
  ...world.changeDeployments.map((row) => row.deployed_at),
  ...world.outcomes.map((row) => row.finished_at),
]);

let warehouse: Warehouse;

// One insert for all worlds: a query that looks at one or two repositories sees only theirs, and is quick.
beforeAll(async () => {
  warehouse = await openTestWarehouse();
  const all = [...worlds.values()];
  await warehouse.insert(
    changes,
    all.flatMap((world) => world.changes),
  );
  await warehouse.insert(
    changeDeployments,
    all.flatMap((world) => world.changeDeployments),
  );
  await warehouse.insert(
    deploymentOutcomes,
    all.flatMap((world) => world.outcomes),
  );
});
afterAll(() => warehouse.close());

describe(`compiled queries over random facts (worlds of seed ${String(seed)})`, () => {
  for (const metric of metrics) {
    it(`agree with plain arithmetic: ${metric.id}`, async () => {
      await fc.assert(
        fc.asyncProperty(requestFor(metric, repos, instants), async (request) => {
          const rows =
            request.filters.repo?.flatMap((repo) => rowsOf[metric.id]?.(worlds.get(repo) as World) ?? []) ??
            [];
          const figures = await runQuery(warehouse, { metric: metric.id, ...request });
          expectSameFigures(figures, referenceFigures(metric.aggregate.kind, rows, request));
          for (const { gap } of figures) expect(gap === '' || explainGap(metric, gap) !== gap).toBe(true);
        }),
        { numRuns: 60 },
      );
    });

    it(`can be clicked down, row for row: ${metric.id}`, async () => {
      await fc.assert(
        fc.asyncProperty(requestFor(metric, repos, instants), fc.nat(), async (request, choice) => {
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
  }

  it('know from when to when there is anything', async () => {
    const [repo] = repos as [string];
    const instants = rowsOf['deployment_frequency']?.(worlds.get(repo) as World).map(({ at }) => at) ?? [];
    expect(
      await observedSpan(warehouse, { metric: 'deployment_frequency', filters: { repo: [repo] } }),
    ).toEqual({
      first: instants.length === 0 ? null : Math.min(...instants),
      last: instants.length === 0 ? null : Math.max(...instants),
      rows: instants.length,
    });
  });
});
