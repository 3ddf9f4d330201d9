import { buildFacts, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { twoWeeks } from '../../test/ask.ts';
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

describe('CI retry rate', () => {
  it('is further attempts ÷ attempts, however they ended', async () => {
    const repo = 'retry/rate';
    await warehouse.insert(buildFacts, [
      build({ repo, build_id: '1' }),
      build({ repo, build_id: '2', result: 'failure' }),
      build({ repo, build_id: '2', attempt: 2, result: 'failure' }),
      build({ repo, build_id: '2', attempt: 3 }),
      runningBuild({ repo, build_id: '3' }),
    ]);
    const [first, second] = await runQuery(warehouse, twoWeeks('ci_retry_rate', repo));
    // Attempts 2 and 3 of build 2, of 1 + 3 + 1: 2 ÷ 5.
    expect(first).toMatchObject({ value: 0.4, numerator: 2, denominator: 5, n: 5, coverage: 1 });
    expect(first?.basis).toEqual({ first: 3, retry: 2 });
    expect(second).toMatchObject({ value: null, gap: 'no-rows' });
  });

  it('does not take two runs of one revision for attempts of one build', async () => {
    const repo = 'retry/runs';
    await warehouse.insert(buildFacts, [
      build({ repo, build_id: '1', sha: 'a', result: 'failure' }),
      build({ repo, build_id: '2', sha: 'a' }),
    ]);
    expect((await runQuery(warehouse, twoWeeks('ci_retry_rate', repo)))[0]).toMatchObject({ value: 0, n: 2 });
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ builds }) => builds.map((row) => ({ ...placeOf(row), value: row.attempt === 1 ? 0 : 1, gap: '' })),
    integration,
  );
});
