import { records } from '@bellwether/warehouse';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestWarehouse, type TestWarehouse } from '../testing/test-warehouse.ts';
import { applyRawLifetime } from './raw-lifetime.ts';

let test: TestWarehouse;
beforeAll(async () => {
  test = await openTestWarehouse();
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

const record = (key: string, ageDays: number) => ({
  source: 'github',
  repo: 'github.com/acme/app',
  stream: 'things',
  key,
  fetched_at: Date.now() - ageDays * 86_400_000,
  payload: '{}',
});

it('forgets payloads that are older, and keeps the others', async () => {
  expect(await applyRawLifetime(test.warehouse, 30)).toBe(true);
  await test.warehouse.insert(records, [record('old', 31), record('young', 29)]);
  await test.warehouse.command('OPTIMIZE TABLE raw.records FINAL');
  expect(await test.warehouse.readRows(records, ['key'])).toEqual([{ key: 'young' }]);
});

it('changes nothing when the lifetime is what it was', async () => {
  await applyRawLifetime(test.warehouse, 30);
  expect(await applyRawLifetime(test.warehouse, 30)).toBe(false);
  expect(await applyRawLifetime(test.warehouse, 60)).toBe(true);
});
