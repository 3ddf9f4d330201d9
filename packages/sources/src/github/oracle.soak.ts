import { afterAll, afterEach, beforeAll, it } from 'vitest';
import { openTestWarehouse, type TestWarehouse } from '../testing/test-warehouse.ts';
import { expectNoDifferences } from './testing/compare-rows.ts';
import { restlessLife, runOracle } from './testing/oracle-run.ts';

/** `BELLWETHER_ORACLE_SEEDS=1-200`: which lives are lived through. */
const [first = 1, last = 200] = (process.env['BELLWETHER_ORACLE_SEEDS'] ?? '1-200').split('-').map(Number);
const seeds = Array.from({ length: last - first + 1 }, (_, at) => first + at);

let test: TestWarehouse;
beforeAll(async () => {
  test = await openTestWarehouse();
});
afterEach(() => test.clear());
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

it.each(seeds)('life %i: faults, changes meanwhile, killed runs', { timeout: 300_000 }, async (seed) => {
  const { differences, story } = await runOracle(test, restlessLife(seed));
  expectNoDifferences(differences, story);
});
