import { buildFacts, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { twoWeeks } from '../../test/ask.ts';
import { build, runningBuild } from '../../test/rows/builds.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { integration, placeOf, silenceOf } from '../../test/worlds/builds.ts';
import { drillDown } from '../query/drill-down.ts';
import { runQuery } from '../query/run.ts';
import { metric } from './metric.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
});
afterAll(() => warehouse.close());

describe('flaky run rate', () => {
  it('is flaky attempts ÷ attempts with a verdict, on any branch', async () => {
    const repo = 'flaky/rate';
    await warehouse.insert(buildFacts, [
      build({ repo, build_id: 'a', sha: 'a', result: 'failure', is_flaky: true, is_default_branch: false }),
      build({ repo, build_id: 'a', sha: 'a', attempt: 2, is_default_branch: false }),
      build({ repo, build_id: 'b', sha: 'b', result: 'failure' }),
      build({ repo, build_id: 'b', sha: 'b', attempt: 2, result: 'failure' }),
      build({ repo, build_id: 'c', sha: 'c', result: 'cancelled' }),
    ]);
    const request = twoWeeks('flaky_run_rate', repo);
    const [first] = await runQuery(warehouse, request);
    // The first attempt on a, of two on a and two on b: 1 ÷ 4.
    expect(first).toMatchObject({ value: 0.25, numerator: 1, denominator: 4, n: 4, total: 5, coverage: 0.8 });
    const rows = await drillDown(warehouse, request, { limit: 10 });
    expect(rows.filter(({ value }) => value === 1).map(({ sha, attempt }) => [sha, attempt])).toEqual([
      ['a', 1],
    ]);
  });

  it('is zero only where something ended in a verdict', async () => {
    const repo = 'flaky/none';
    await warehouse.insert(buildFacts, [
      build({ repo, build_id: '1' }),
      build({ repo, build_id: '2', created_at: Date.parse('2024-03-12T00:00Z'), result: 'other' }),
      runningBuild({ repo, build_id: '3', created_at: Date.parse('2024-03-12T00:00Z') }),
    ]);
    const [first, second] = await runQuery(warehouse, twoWeeks('flaky_run_rate', repo));
    expect(first).toMatchObject({ value: 0, n: 1 });
    expect(second).toMatchObject({ value: null, gap: 'no-verdict', n: 0, total: 2 });
    expect(second?.gaps).toEqual({ 'no-verdict': 1, unfinished: 1 });
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ builds }) =>
      builds.map((row) => ({
        ...placeOf(row),
        value: silenceOf(row) === '' ? Number(row.is_flaky) : null,
        gap: silenceOf(row),
      })),
    integration,
  );
});
