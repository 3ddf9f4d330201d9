import { buildJobs, builds, commits, derivations } from '@bellwether/warehouse';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestWarehouse, readAll, type TestWarehouse } from '../testing/test-warehouse.ts';
import { DirtyMark } from './dirty-mark.ts';

let test: TestWarehouse;

beforeAll(async () => {
  test = await openTestWarehouse();
});

afterAll(() => test[Symbol.asyncDispose]());

async function marks(): Promise<Record<string, string>> {
  const rows = await readAll(test.warehouse, derivations);
  return Object.fromEntries(rows.map(({ side, mark }) => [side, mark]));
}

it('has a side of its own for builds, until anything else is written', async () => {
  const mark = new DirtyMark(test.warehouse, 'local/a', 'run');
  await mark.raise(builds);
  await mark.raise(buildJobs);
  expect(await marks()).toEqual({ builds: 'run:1' });
  await mark.raise(commits);
  expect(await marks()).toEqual({ builds: 'run:1', domain: 'run:2' });
  await mark.settle();
  expect(await marks()).toEqual({ builds: 'run:3', domain: 'run:4' });

  // Whoever computes everything computes builds as well, so one mark is enough.
  await mark.raise();
  await mark.raise(builds);
  await mark.settle();
  expect(await marks()).toEqual({ builds: 'run:3', domain: 'run:6' });
});
