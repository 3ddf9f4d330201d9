import { buildFacts, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { twoWeeks } from '../../test/ask.ts';
import { build, runningBuild } from '../../test/rows/builds.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { integration, placeOf, silenceOf } from '../../test/worlds/builds.ts';
import { runQuery } from '../query/run.ts';
import { metric } from './metric.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
});
afterAll(() => warehouse.close());

describe('CI success rate', () => {
  it('is succeeded ÷ succeeded and failed attempts, with cancelled ones apart', async () => {
    const repo = 'success/rate';
    await warehouse.insert(buildFacts, [
      build({ repo, build_id: '1' }),
      build({ repo, build_id: '2', result: 'failure' }),
      build({ repo, build_id: '2', attempt: 2 }),
      build({ repo, build_id: '3' }),
      build({ repo, build_id: '4', result: 'cancelled' }),
    ]);
    const [first, second] = await runQuery(warehouse, twoWeeks('ci_success_rate', repo));
    // 1, the second attempt of 2, and 3, of those and the first attempt of 2: 3 ÷ 4.
    expect(first).toMatchObject({ value: 0.75, numerator: 3, denominator: 4, n: 4, total: 5, coverage: 0.8 });
    expect(first?.basis).toEqual({ first: 3, retry: 1 });
    expect(first?.gaps).toEqual({ cancelled: 1 });
    expect(second).toMatchObject({ value: null, gap: 'no-rows' });
  });

  it('looks at the default branch only', async () => {
    const repo = 'success/branches';
    await warehouse.insert(buildFacts, [
      build({ repo, build_id: '1' }),
      build({ repo, build_id: '2', result: 'failure', is_default_branch: false }),
    ]);
    expect((await runQuery(warehouse, twoWeeks('ci_success_rate', repo)))[0]).toMatchObject({
      value: 1,
      total: 1,
    });
  });

  it('is unknown and not zero where nothing ended in a verdict', async () => {
    const repo = 'success/silent';
    await warehouse.insert(buildFacts, [
      runningBuild({ repo, build_id: '1' }),
      runningBuild({ repo, build_id: '2' }),
      build({ repo, build_id: '3', result: 'other' }),
    ]);
    const [first] = await runQuery(warehouse, twoWeeks('ci_success_rate', repo));
    expect(first).toMatchObject({ value: null, gap: 'unfinished', denominator: 0 });
    expect(first?.gaps).toEqual({ unfinished: 2, 'no-verdict': 1 });
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ builds }) =>
      builds
        .filter(({ is_default_branch }) => is_default_branch)
        .map((row) => ({
          ...placeOf(row),
          value: { success: 1, failure: 0, cancelled: null, other: null, '': null }[row.result],
          gap: silenceOf(row),
        })),
    integration,
  );
});
