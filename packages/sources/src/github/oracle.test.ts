import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openTestWarehouse, type TestWarehouse } from '../testing/test-warehouse.ts';
import { expectNoDifferences } from './testing/compare-rows.ts';
import { restlessLife, runOracle } from './testing/oracle-run.ts';

let test: TestWarehouse;
beforeAll(async () => {
  test = await openTestWarehouse();
});
afterEach(() => test.clear());
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

describe('after a collection the warehouse holds what GitHub holds, row for row', () => {
  it('of an organisation at rest', async () => {
    const calm = { seed: 1, repositories: 3, years: 0.3, faults: {}, changeRate: 0, kills: 0 };
    const { differences, story } = await runOracle(test, calm);
    expectNoDifferences(differences, story);
    expect(story).toContain('collected: ok');
  });

  // `npm run soak` lives through 200 of them.
  it.each([2, 3, 4])(
    'of one where requests fail, rows change meanwhile and runs are killed: %i',
    { timeout: 300_000 },
    async (seed) => {
      const { differences, story } = await runOracle(test, restlessLife(seed));
      expectNoDifferences(differences, story);
    },
  );
});
