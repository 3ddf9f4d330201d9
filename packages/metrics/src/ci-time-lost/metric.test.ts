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

const flaky = { result: 'failure', is_flaky: true } as const;

describe('CI time lost', () => {
  it('is the run time of flaky failures and of attempts that only failed again', async () => {
    const repo = 'lost/sum';
    await warehouse.insert(buildFacts, [
      build({ repo, build_id: '1', ...flaky, run_seconds: 600, lost_seconds: 600 }),
      build({ repo, build_id: '1', attempt: 2, run_seconds: 620 }),
      build({ repo, build_id: '2', result: 'failure', run_seconds: 300 }),
      build({ repo, build_id: '2', attempt: 2, result: 'failure', run_seconds: 310 }),
      build({ repo, build_id: '3', run_seconds: 500 }),
    ]);
    const [first, second] = await runQuery(warehouse, twoWeeks('ci_time_lost', repo));
    // 600 of the flake and 310 of the second failure.
    expect(first).toMatchObject({ kind: 'sum', value: 910, n: 5, total: 5, coverage: 1 });
    expect(first?.basis).toEqual({ flaky: 1, 'failed-again': 1, 'not-lost': 3 });
    expect(second).toMatchObject({ value: null, gap: 'no-rows' });
  });

  it('counts a flaky second attempt once', async () => {
    const repo = 'lost/once';
    await warehouse.insert(buildFacts, [
      build({ repo, build_id: '1', ...flaky, run_seconds: 100, lost_seconds: 100 }),
      build({ repo, build_id: '1', attempt: 2, ...flaky, run_seconds: 110, lost_seconds: 110 }),
      build({ repo, build_id: '1', attempt: 3, run_seconds: 120 }),
    ]);
    expect((await runQuery(warehouse, twoWeeks('ci_time_lost', repo)))[0]?.value).toBe(210);
  });

  it('tells nothing lost from nothing built, and both from not known', async () => {
    const repo = 'lost/none';
    await warehouse.insert(buildFacts, [
      build({ repo, build_id: '1' }),
      build({ repo, build_id: '2', result: 'cancelled' }),
      runningBuild({ repo, build_id: '3' }),
      build({
        ...{ repo, build_id: '4', created_at: at('2024-03-12'), ...flaky },
        ...{ run_seconds: null, lost_seconds: null, time_gap: 'negative' },
      }),
    ]);
    const [first, second] = await runQuery(warehouse, twoWeeks('ci_time_lost', repo));
    expect(first).toMatchObject({ value: 0, n: 2, total: 3, gaps: { unfinished: 1 } });
    expect(second).toMatchObject({ value: null, gap: 'negative', n: 0, total: 1 });
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ builds }) =>
      builds.map((row) => {
        const isFailure = row.result === 'failure';
        const isLost = isFailure && (row.is_flaky || row.attempt > 1);
        const value = row.result === '' ? null : isLost ? row.run_seconds : 0;
        return {
          ...placeOf(row),
          value,
          gap: value !== null ? '' : row.result === '' ? 'unfinished' : row.time_gap,
          basis: !isLost ? 'not-lost' : row.is_flaky ? 'flaky' : 'failed-again',
        };
      }),
    integration,
  );
});
