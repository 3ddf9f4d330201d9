import { buildFacts, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { twoWeeks } from '../../test/ask.ts';
import { at } from '../../test/rows.ts';
import { build, runningBuild } from '../../test/rows/builds.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { integration, placeOf } from '../../test/worlds/builds.ts';
import { runQuery } from '../query/run.ts';
import { metric } from './metric.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
});
afterAll(() => warehouse.close());

describe('CI cost', () => {
  it('is the sum of what builds cost, with those without a price in the coverage', async () => {
    const repo = 'cost/sum';
    await warehouse.insert(buildFacts, [
      build({ repo, build_id: '1', cost: 0.08 }),
      build({ repo, build_id: '2', cost: 0.04, result: 'cancelled' }),
      build({ repo, build_id: '3', provider: 'jenkins' }),
      build({ repo, build_id: '4', created_at: at('2024-03-12'), cost: 0 }),
    ]);
    const [first, second] = await runQuery(warehouse, twoWeeks('ci_cost', repo));
    expect(first?.value).toBeCloseTo(0.12, 12);
    expect(first).toMatchObject({ kind: 'sum', n: 2, total: 3, gaps: { 'no-price': 1 } });
    // A price of nothing is a price.
    expect(second).toMatchObject({ value: 0, n: 1 });
  });

  it('is unknown and not zero where no price is configured', async () => {
    const repo = 'cost/unknown';
    await warehouse.insert(buildFacts, [
      build({ repo, build_id: '1' }),
      build({ repo, build_id: '2' }),
      runningBuild({ repo, build_id: '3' }),
      build({ repo, build_id: '4', run_seconds: null, time_gap: 'not-started' }),
    ]);
    const [first, second] = await runQuery(warehouse, twoWeeks('ci_cost', repo));
    expect(first).toMatchObject({ value: null, gap: 'no-price', n: 0, total: 4 });
    expect(first?.gaps).toEqual({ 'no-price': 2, unfinished: 1, 'not-started': 1 });
    expect(second).toMatchObject({ value: null, gap: 'no-rows' });
  });

  it('shows what further attempts cost', async () => {
    const repo = 'cost/retries';
    await warehouse.insert(buildFacts, [
      build({ repo, build_id: '1', cost: 0.5 }),
      build({ repo, build_id: '1', attempt: 2, cost: 0.25 }),
    ]);
    expect((await runQuery(warehouse, twoWeeks('ci_cost', repo)))[0]).toMatchObject({
      value: 0.75,
      basis: { first: 1, retry: 1 },
    });
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ builds }) =>
      builds.map((row) => ({
        ...placeOf(row),
        value: row.cost,
        gap: row.cost !== null ? '' : row.run_seconds === null ? row.time_gap : 'no-price',
      })),
    integration,
  );
});
