import { readdir, readFile } from 'node:fs/promises';
import type { Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestWarehouse } from '../test/warehouse.ts';
import { findMetric } from './catalogue.ts';
import { explainMetric } from './explain.ts';
import { type AggregateKind, defineMetric, folderOf, type MetricDefinition } from './metric.ts';
import { compilerGaps } from './query/gaps.ts';
import { metrics } from './registry.ts';

const definitions: readonly MetricDefinition[] = metrics;

let columns: Map<string, Map<string, string>>;
let warehouse: Warehouse;

beforeAll(async () => {
  warehouse = await openTestWarehouse();
  const rows = await warehouse.query<{ table: string; name: string; type: string }>(
    "SELECT table, name, type FROM system.columns WHERE database = 'metrics'",
  );
  columns = new Map();
  for (const { table, name, type } of rows) {
    columns.set(table, (columns.get(table) ?? new Map()).set(name, type));
  }
});
afterAll(() => warehouse.close());

/** What a view of a kind has besides. */
const columnsOf: Readonly<Record<AggregateKind, readonly string[]>> = {
  distribution: [],
  ratio: [],
  count: [],
  sum: [],
  snapshot: ['ends_at'],
  'standing-ratio': ['ends_at'],
  concentration: ['level', 'grain', 'period_start', 'time_zone', 'holders', 'busiest_tenth_share'],
};

/** Words by which a person could be told: no view may have a column named after one. */
const personal = /person|author|reviewer|approver|merged_by|login|e?mail|user|assignee|actor|committer|_key$/;

describe('every view of the metrics database', () => {
  it('belongs to a metric', () => {
    expect([...columns.keys()].sort()).toEqual(definitions.map(({ id }) => id).sort());
  });

  it('has no column that names a person', () => {
    const found = [...columns].flatMap(([view, names]) =>
      [...names.keys()].filter((name) => personal.test(name)).map((name) => `${view}.${name}`),
    );
    expect(found).toEqual([]);
  });

  it.each(definitions.map((metric) => [metric.id, metric] as const))(
    '%s has what its definition promises',
    (id, metric) => {
      const view = columns.get(id)!;
      const { aggregate, countsOnce, dimensions, drillDown } = metric;
      const wanted = [
        ...['at', 'repo', 'service', 'team', 'team_group', 'environment', 'value', 'gap', 'basis'],
        ...dimensions.filter((name) => name !== 'organisation'),
        ...drillDown,
        ...columnsOf[aggregate.kind],
        ...(metric.hasBusinessHours ? ['business_value'] : []),
        ...(metric.hasManyServices ? ['services'] : []),
        ...(countsOnce
          ? [...countsOnce.key, ...countsOnce.markers.map(({ column }) => column), ...countsOnce.prefer]
          : []),
      ];
      expect(wanted.filter((name) => !view.has(name))).toEqual([]);
      expect(view.get('at')).toMatch(/^DateTime64\(3, 'UTC'\)$/);
      expect(view.get('value')).toMatch(/^Nullable\(/);
      if (view.has('ends_at')) expect(view.get('ends_at')).toMatch(/^Nullable\(DateTime64\(3/);
      if (metric.hasBusinessHours) expect(view.get('business_value')).toMatch(/^Nullable\(/);
      if (metric.hasManyServices) expect(view.get('services')).toMatch(/^Array\(/);
    },
  );
});

describe('every metric', () => {
  it.each(definitions.map((metric) => [metric.id, metric] as const))(
    '%s is documented',
    async (_id, metric) => {
      const folder = new URL(`${folderOf(metric)}/`, import.meta.url);
      const files = await readdir(folder);
      expect(files).toContain('metric.test.ts');
      expect(files.filter((name) => !name.endsWith('.test.ts')).sort()).toEqual([
        'metric.ts',
        'readme.md',
        'view.sql',
      ]);
      const readme = await readFile(new URL('readme.md', folder), 'utf8');
      expect(readme.startsWith(`# ${metric.title}\n`)).toBe(true);
      for (const heading of [
        'Why it exists',
        'Definition',
        'Example',
        'How it can mislead',
        'When not to use it',
      ]) {
        expect(readme).toContain(`\n## ${heading}\n`);
      }
      const test = await readFile(new URL('metric.test.ts', folder), 'utf8');
      expect(test).toMatch(/describeAgreement\(\s*metric,/);
      expect(Object.keys(metric.gaps).filter((gap) => gap in compilerGaps)).toEqual([]);
      expect(metric.howItMisleads.length).toBeGreaterThan(0);
    },
  );

  it('can be explained', () => {
    const explanation = explainMetric('change-lead-time');
    expect(explanation.view).toBe('metrics.change_lead_time');
    expect(explanation.computation.join(' ')).toContain('exact median');
    expect(explanation.bands.map(({ year, tiers }) => [year, tiers.length])).toEqual([
      ['2019', 4],
      ['2021', 4],
      ['2023', 4],
      ['2024', 4],
      ['2025', 0],
    ]);
    expect(explainMetric('deployment_rework_rate').bands).toEqual([]);
    for (const { id } of definitions) expect(explainMetric(id).id).toBe(id);
  });

  it('is found by its id, and by its folder name', () => {
    expect(findMetric('change-fail-rate').id).toBe('change_fail_rate');
    expect(() => findMetric('velocity')).toThrow(/no metric "velocity"/);
  });

  it('can only have names that may stand in SQL', () => {
    expect(() => defineMetric({ ...metrics[0], drillDown: ['a; DROP TABLE b'] })).toThrow(
      /not a snake_case name/,
    );
    expect(() => defineMetric({ ...metrics[0], id: 'a.b' })).toThrow(/not a snake_case name/);
  });
});
