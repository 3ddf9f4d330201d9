import type { Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestWarehouse } from '../../../test/warehouse.ts';
import { bandOf, type BenchmarkedMetric, benchmarks } from '../../benchmarks/index.ts';
import type { Figure } from '../figure.ts';
import { bandSql } from './band.ts';
import { planPanel } from './plan-panel.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse([]);
});
afterAll(() => warehouse.close());

const HOUR = 3600;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** A figure as bandOf takes it, and the columns of a panel's statement that say the same. */
interface Case {
  value: number;
  n?: number;
  observed?: number;
  basis?: Record<string, number>;
}

const base = {
  group: {},
  periodStart: 0,
  periodEnd: 1,
  isPartial: false,
  total: 100,
  coverage: 1,
  gap: '',
  gaps: {},
};

function figureOf(
  metric: BenchmarkedMetric,
  { value, n = 100, observed = 52 * WEEK, basis = {} }: Case,
): Figure {
  const shared = { ...base, value, n, basis };
  if (metric === 'deployment_frequency') return { ...shared, kind: 'count', observedSeconds: observed };
  if (metric === 'change_fail_rate') {
    return { ...shared, kind: 'ratio', numerator: value * n, denominator: n };
  }
  return { ...shared, kind: 'distribution', p75: value, p90: value };
}

const whole = { incidents: 100 };
const cases: Record<BenchmarkedMetric, Case[]> = {
  change_lead_time: [
    ...[1, HOUR, HOUR - 1, DAY, 3 * DAY, WEEK, 30 * DAY, 31 * DAY, 100 * DAY, 400 * DAY].map((value) => ({
      value,
    })),
    { value: DAY, basis: { merge: 3 } },
    { value: DAY, basis: { 'first_commit-undated': 3 } },
    { value: DAY, n: 4 },
  ],
  // How many in a year.
  deployment_frequency: [
    ...[0, 1, 3, 11, 13, 51, 52, 60, 259, 260, 261, 2000].map((value) => ({ value })),
    { value: 5, observed: 3 * WEEK },
    { value: 0, observed: 10 * WEEK },
  ],
  change_fail_rate: [
    ...[0, 0.04, 0.05, 0.0549, 0.07, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.64, 0.9].map((value) => ({
      value,
      basis: whole,
    })),
    { value: 0.1, basis: { 'reverts-and-rollbacks': 100 } },
  ],
  failed_deployment_recovery_time: [
    ...[60, HOUR, 5 * HOUR, DAY, 3 * DAY, WEEK, 20 * DAY, 60 * DAY].map((value) => ({ value, basis: whole })),
    { value: HOUR, basis: { incidents: 40, 'reverts-and-rollbacks': 60 } },
  ],
};

describe.each(Object.keys(cases) as BenchmarkedMetric[])('the band of %s on a dashboard', (metric) => {
  it.each(benchmarks.map(({ year }) => year))('is that of the report in %s', async (year) => {
    const { plan } = planPanel({ metric }, { timeZone: 'UTC', variables: {} }, { grain: 'whole' });
    const sql = bandSql(plan)!.replaceAll('${benchmark_year:singlequote}', `'${year}'`);
    const rows = cases[metric].map(({ value, n = 100, observed = 52 * WEEK, basis = {} }) => {
      const words = Object.entries(basis).map(([word, count]) => `'${word}', toUInt64(${String(count)})`);
      return (
        `SELECT toNullable(toFloat64(${String(value)})) AS value, ${String(n)} AS n, ` +
        `toFloat64(${String(observed)}) AS observed_seconds, CAST(map(${words.join(', ')}), 'Map(String, UInt64)') AS basis`
      );
    });
    const found = await warehouse.query<{ band: string }>(
      `SELECT ${sql} AS band FROM (SELECT * FROM (${rows.join(' UNION ALL ')})) AS now`,
    );
    const expected = cases[metric].map((each) => {
      const { band, reason } = bandOf(metric, figureOf(metric, each), year);
      return band ?? (reason.startsWith('DORA published no tiers') ? reason : 'no band');
    });
    const told = found.map(({ band }) => (band.startsWith('no band') ? 'no band' : band));
    expect(told.sort()).toEqual(expected.sort());
  });
});
