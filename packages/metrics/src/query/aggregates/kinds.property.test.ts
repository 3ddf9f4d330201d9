import { defineTable, type Warehouse } from '@bellwether/warehouse';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { expectSameFigures } from '../../../test/figures.ts';
import { instant } from '../../../test/instants.ts';
import { type ReferenceRow, referenceFigures } from '../../../test/reference.ts';
import { environments, requestFor, services, teams } from '../../../test/requests.ts';
import { openTestWarehouse } from '../../../test/warehouse.ts';
import type { Aggregate, MetricDefinition } from '../../metric.ts';
import { runQuery } from '../run.ts';

/** A metric of the tests alone, over a table that can hold what no real metric holds yet. */
function testMetric(id: string, aggregate: Aggregate): MetricDefinition {
  return {
    id,
    title: id,
    description: '',
    source: '',
    unit: 'changes',
    direction: 'neither',
    grain: '',
    at: '',
    aggregate,
    dimensions: ['repo', 'service', 'team', 'environment'],
    gaps: { odd: 'odd', even: 'even' },
    basis: {},
    exclusions: [],
    coverage: '',
    drillDown: ['id'],
    requires: [],
    howItMisleads: [],
  };
}

const catalogue = [
  testMetric('test_distribution', { kind: 'distribution' }),
  testMetric('test_ratio', { kind: 'ratio', numerator: 'ones', denominator: 'all' }),
  testMetric('test_count', { kind: 'count' }),
  testMetric('test_snapshot', { kind: 'snapshot' }),
  testMetric('test_concentration', { kind: 'concentration', holder: 'part' }),
] as const;

const table = defineTable('metrics.test_rows', ['repo', 'id'], {
  id: 'UInt32',
  at: "DateTime64(3, 'UTC')",
  ends_at: "Nullable(DateTime64(3, 'UTC'))",
  repo: 'LowCardinality(String)',
  service: 'LowCardinality(String)',
  team: 'LowCardinality(String)',
  environment: 'LowCardinality(String)',
  part: 'String',
  value: 'Nullable(Float64)',
  gap: 'String',
  basis: 'String',
});

const number = fc.oneof(
  fc.constantFrom(0, 1),
  fc.integer({ min: 0, max: 1e6 }).map((eighths) => eighths / 8),
);

/** The rows of a repository. In some repositories most rows lack their value. */
const rows = fc.constantFrom(6, 6, 0.25).chain((valuesPerGap) =>
  fc.array(
    fc.record({
      at: instant,
      ends_at: fc.option(instant, { freq: 4 }),
      service: fc.constantFrom(...services),
      team: fc.constantFrom(...teams),
      environment: fc.constantFrom(...environments),
      part: fc.integer({ min: 1, max: 26 }).map((number) => `part ${String(number)}`),
      value: fc.oneof(
        { weight: 4 * valuesPerGap, arbitrary: number },
        { weight: 4, arbitrary: fc.constant(null) },
      ),
      gap: fc.constantFrom('odd', 'even'),
      basis: fc.constantFrom('this', 'that'),
    }),
    { maxLength: 60 },
  ),
);

const seed = Math.floor(Math.random() * 2 ** 31);
const repos = Array.from({ length: 40 }, (_, index) => `host/random/${String(index)}`);
const worlds = new Map(
  repos.map((repo, index) => {
    const [world] = fc.sample(rows, { seed: seed + index, numRuns: 1 });
    return [
      repo,
      (world ?? []).map((each, id) => ({ ...each, repo, id, gap: each.value === null ? each.gap : '' })),
    ];
  }),
);
const instantsOf = (repo: string): number[] =>
  (worlds.get(repo) ?? []).flatMap(({ at, ends_at }) => (ends_at === null ? [at] : [at, ends_at]));

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
  const columns = Object.entries(table.columns).map(([name, type]) => `${name} ${type as string}`);
  await warehouse.command(
    `CREATE TABLE ${table.qualified} (${columns.join(', ')}, _version UInt64, _deleted UInt8) ENGINE = MergeTree ORDER BY id`,
  );
  for (const { id } of catalogue) {
    await warehouse.command(`CREATE VIEW metrics.${id} AS SELECT * FROM ${table.qualified}`);
  }
  await warehouse.insert(table, [...worlds.values()].flat());
});
afterAll(() => warehouse.close());

describe(`each kind of aggregate over random rows (worlds of seed ${String(seed)})`, () => {
  for (const metric of catalogue) {
    it(`agrees with plain arithmetic: ${metric.aggregate.kind}`, async () => {
      await fc.assert(
        fc.asyncProperty(requestFor(metric, repos, instantsOf), async (request) => {
          const asked = (request.filters.repo ?? []).flatMap((repo) =>
            (worlds.get(repo) ?? []).map(
              ({ at, ends_at, value, gap, basis, part, service, team, environment }): ReferenceRow => ({
                at,
                endsAt: ends_at,
                value,
                gap,
                basis,
                holder: part,
                dimensions: { repo, service, team, environment },
              }),
            ),
          );
          expectSameFigures(
            await runQuery(warehouse, { metric: metric.id, ...request }, catalogue),
            referenceFigures(metric.aggregate.kind, asked, request),
          );
        }),
        { numRuns: 80 },
      );
    });
  }
});
