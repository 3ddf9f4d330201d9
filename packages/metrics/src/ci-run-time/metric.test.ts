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

describe('CI run time', () => {
  it('is the median of what ran to a verdict, good or bad', async () => {
    const repo = 'run/median';
    await warehouse.insert(buildFacts, [
      build({ repo, build_id: '1', run_seconds: 300 }),
      build({ repo, build_id: '2', run_seconds: 420 }),
      build({ repo, build_id: '3', run_seconds: 60, result: 'failure' }),
      build({ repo, build_id: '4', run_seconds: 5, result: 'cancelled' }),
    ]);
    const [first] = await runQuery(warehouse, twoWeeks('ci_run_time', repo));
    // {60, 300, 420}: p75 300 + 120 · 0.5 = 360.
    expect(first).toMatchObject({ value: 300, p75: 360, n: 3, total: 4 });
    expect(first?.gaps).toEqual({ cancelled: 1 });
  });

  it('says why a time is missing', async () => {
    const repo = 'run/gaps';
    await warehouse.insert(buildFacts, [
      runningBuild({ repo, build_id: '1' }),
      build({ repo, build_id: '2', result: 'other', run_seconds: 1 }),
      build({ repo, build_id: '3', result: 'failure', run_seconds: null, time_gap: 'not-started' }),
      build({ repo, build_id: '4', run_seconds: null, time_gap: 'negative' }),
    ]);
    const [first] = await runQuery(warehouse, twoWeeks('ci_run_time', repo));
    expect(first).toMatchObject({ value: null, n: 0, total: 4 });
    expect(first?.gaps).toEqual({ unfinished: 1, 'no-verdict': 1, 'not-started': 1, negative: 1 });
  });

  it('tells further attempts from first ones, and clicks down to both', async () => {
    const repo = 'run/attempts';
    await warehouse.insert(buildFacts, [
      build({ repo, build_id: '1', result: 'failure', run_seconds: 100 }),
      build({ repo, build_id: '1', attempt: 2, run_seconds: 200 }),
    ]);
    const request = twoWeeks('ci_run_time', repo);
    expect((await runQuery(warehouse, request))[0]).toMatchObject({
      value: 150,
      basis: { first: 1, retry: 1 },
    });
    const rows = await drillDown(warehouse, request, { limit: 10 });
    expect(rows.map(({ build_id, attempt, result, value }) => [build_id, attempt, result, value])).toEqual([
      ['1', 1, 'failure', 100],
      ['1', 2, 'success', 200],
    ]);
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ builds }) =>
      builds.map((row) => {
        const silence = silenceOf(row);
        return {
          ...placeOf(row),
          value: silence === '' ? row.run_seconds : null,
          gap: silence === '' && row.run_seconds === null ? row.time_gap : silence,
        };
      }),
    integration,
  );
});
