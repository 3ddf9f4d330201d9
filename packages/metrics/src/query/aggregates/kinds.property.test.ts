import { defineTable, type Warehouse } from '@bellwether/warehouse';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { expectSameFigures } from '../../../test/figures.ts';
import { instant, timeZone } from '../../../test/instants.ts';
import { type ReferenceRow, referenceFigures } from '../../../test/reference.ts';
import { environments, requestFor, services, teamGroups, teams } from '../../../test/requests.ts';
import { openTestWarehouse } from '../../../test/warehouse.ts';
import { pick } from '../../../test/world.ts';
import type { Aggregate, MetricDefinition } from '../../metric.ts';
import { runQuery } from '../run.ts';

/** A metric of the tests alone, over a table that can hold what no real metric holds. */
function testMetric(
  id: string,
  aggregate: Aggregate,
  more: Partial<MetricDefinition> = {},
): MetricDefinition {
  return {
    id,
    category: 'flow',
    title: id,
    description: '',
    source: '',
    unit: 'changes',
    direction: 'neither',
    grain: '',
    at: '',
    aggregate,
    dimensions: ['repo', 'service', 'team', 'team_group', 'environment', 'severity', 'is_bot'],
    gaps: { odd: 'odd', even: 'even' },
    basis: {},
    exclusions: [],
    coverage: '',
    drillDown: ['id'],
    requires: [],
    howItMisleads: [],
    ...more,
  };
}

const share = { numerator: 'ones', denominator: 'all' };
const several = { hasManyServices: true, hasBusinessHours: true } as const;
const pending = { gaps: ['odd'], since: 'waits_since', until: 'waits_until' };
const catalogue: readonly MetricDefinition[] = [
  testMetric('test_distribution', { kind: 'distribution' }, { pending }),
  testMetric('test_many_services', { kind: 'distribution' }, { ...several, pending }),
  testMetric(
    'test_window',
    { kind: 'distribution' },
    { history: 'window', pending: { gaps: ['odd', 'even'], since: 'at' } },
  ),
  testMetric('test_ratio', { kind: 'ratio', ...share }, several),
  testMetric('test_ratio_of_window', { kind: 'ratio', ...share }, { history: 'window' }),
  testMetric('test_count', { kind: 'count' }, { hasManyServices: true }),
  testMetric('test_sum', { kind: 'sum' }, several),
  testMetric('test_snapshot', { kind: 'snapshot' }, { hasManyServices: true }),
  testMetric('test_standing', { kind: 'standing-ratio', ...share }, { history: 'window' }),
  testMetric('test_standing_services', { kind: 'standing-ratio', ...share }, { hasManyServices: true }),
  testMetric('test_concentration', { kind: 'concentration' }, { dimensions: ['repo', 'team', 'team_group'] }),
];

const table = defineTable('metrics.test_rows', ['repo', 'id'], {
  id: 'UInt32',
  at: "DateTime64(3, 'UTC')",
  ends_at: "Nullable(DateTime64(3, 'UTC'))",
  repo: 'LowCardinality(String)',
  service: 'LowCardinality(String)',
  services: 'Array(LowCardinality(String))',
  team: 'LowCardinality(String)',
  team_group: 'LowCardinality(String)',
  environment: 'LowCardinality(String)',
  severity: 'LowCardinality(String)',
  is_bot: 'Bool',
  value: 'Nullable(Float64)',
  business_value: 'Nullable(Float64)',
  waits_since: "Nullable(DateTime64(3, 'UTC'))",
  waits_until: "Nullable(DateTime64(3, 'UTC'))",
  gap: 'String',
  basis: 'String',
  level: 'LowCardinality(String)',
  grain: 'LowCardinality(String)',
  time_zone: 'LowCardinality(String)',
  holders: 'UInt32',
  busiest_tenth_share: 'Nullable(Float64)',
});

const number = fc.oneof(
  fc.constantFrom(0, 1),
  fc.integer({ min: 0, max: 1e6 }).map((eighths) => eighths / 8),
);

/** The rows of a repository. In some repositories most rows lack their value. */
const rows = fc.constantFrom(6, 6, 0.25).chain((valuesPerGap) => {
  const value = fc.oneof(
    { weight: 4 * valuesPerGap, arbitrary: number },
    { weight: 4, arbitrary: fc.constant(null) },
  );
  return fc.array(
    fc.record({
      at: instant,
      ends_at: fc.option(instant, { freq: 4 }),
      service: fc.constantFrom('', '(several)'),
      services: fc.array(fc.constantFrom(...services, '(withheld)'), { maxLength: 3 }),
      team: fc.constantFrom(...teams),
      team_group: fc.constantFrom(...teamGroups),
      environment: fc.constantFrom(...environments),
      severity: fc.constantFrom('low', 'high'),
      is_bot: fc.boolean(),
      value,
      business_value: value,
      waits_since: fc.option(instant, { freq: 6 }),
      waits_until: fc.option(instant, { freq: 2 }),
      gap: fc.constantFrom('odd', 'even'),
      basis: fc.constantFrom('this', 'that'),
      level: fc.constantFrom('team', 'team_group', 'organisation'),
      grain: fc.constantFrom('week', 'month', 'quarter'),
      time_zone: timeZone,
      holders: fc.integer({ min: 0, max: 30 }),
      busiest_tenth_share: fc.option(number),
    }),
    { maxLength: 60 },
  );
});

/** Others each time; `npm run soak` asks more of them. */
const questions = Number(process.env['BELLWETHER_SOAK_QUESTIONS'] ?? 25);
const seed = Math.floor(Math.random() * 2 ** 31);
const repos = Array.from(
  { length: 40 },
  (_, index) => `host/${index % 2 ? 'random' : 'chance'}/${String(index)}`,
);
const worlds = new Map(
  repos.map((repo, index) => {
    const [world] = fc.sample(rows, { seed: seed + index, numRuns: 1 });
    return [
      repo,
      (world ?? []).map((each, id) => ({ ...each, repo, id, gap: each.value === null ? each.gap : '' })),
    ];
  }),
);

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse([]);
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

/** What a view of these rows holds for a metric; without business hours and several services where it has none. */
function plainRows(metric: MetricDefinition, repo: string): ReferenceRow[] {
  return (worlds.get(repo) ?? []).map((row) => ({
    at: row.at,
    endsAt: row.ends_at,
    value: row.value,
    gap: row.gap,
    basis: row.basis,
    waits:
      metric.pending?.since === 'at' ? { since: row.at } : { since: row.waits_since, until: row.waits_until },
    dimensions: pick(row, [
      'repo',
      'service',
      'team',
      'team_group',
      ...(metric.aggregate.kind === 'concentration' ? [] : (['environment', 'severity', 'is_bot'] as const)),
    ]),
    ...(metric.hasBusinessHours && { businessValue: row.business_value }),
    ...(metric.hasManyServices && { services: row.services }),
    spread: {
      level: row.level,
      grain: row.grain,
      timeZone: row.time_zone,
      holders: row.holders,
      busiestTenthShare: row.busiest_tenth_share,
    },
  }));
}

describe(`each kind of aggregate over random rows (worlds of seed ${String(seed)})`, () => {
  for (const metric of catalogue) {
    it(`agrees with plain arithmetic: ${metric.id}`, async () => {
      await fc.assert(
        fc.asyncProperty(
          requestFor(metric, repos, (repo) => plainRows(metric, repo)),
          async (request) => {
            const asked = (request.filters.repo ?? []).flatMap((repo) => plainRows(metric, repo));
            expectSameFigures(
              await runQuery(warehouse, { metric: metric.id, ...request }, catalogue),
              referenceFigures(metric, asked, request),
            );
          },
        ),
        { numRuns: questions },
      );
    });
  }
});
