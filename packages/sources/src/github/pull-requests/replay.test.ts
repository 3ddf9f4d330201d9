import { generateWorld } from '@bellwether/simulator';
import { pullRequestEvents, pullRequests, records, reviews } from '@bellwether/warehouse';
import { Config } from '@bellwether/core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { replay } from '../../engine/replay.ts';
import { openTestWarehouse, readAll, type TestWarehouse } from '../../testing/test-warehouse.ts';
import { pullRequestStream } from '../streams/pull-requests.ts';
import { SECRET, setStage } from './testing/stage.ts';

let test: TestWarehouse;
beforeAll(async () => {
  test = await openTestWarehouse();
});
afterEach(() => test.clear());
afterAll(() => test[Symbol.asyncDispose]());

const NOW = Date.parse('2026-03-02T09:00:00Z');

describe('kept payloads', () => {
  it('give the same rows again, and take away what is made of none', async () => {
    const world = generateWorld({ seed: 11, repositories: 1, years: 0.2, now: NOW });
    await using stage = await setStage(test, world);
    await stage.run();
    const collected = await test.dump();
    const [one] = await readAll(test.warehouse, reviews);
    // As an older mapper could have left it.
    await test.warehouse.insert(reviews, [{ ...one!, review_id: 'made of nothing' }]);
    const [pull] = await readAll(test.warehouse, pullRequests);
    await test.warehouse.insert(pullRequests, [{ ...pull!, ready_at: null, title: 'Otherwise' }]);
    await test.warehouse.remove(pullRequestEvents, await readAll(test.warehouse, pullRequestEvents));
    const result = await replay({
      warehouse: test.warehouse,
      source: { name: 'github', streams: [pullRequestStream] },
      config: Config.parse({}),
      secret: SECRET,
      clock: stage.clock,
    });
    expect(result.error).toBeNull();
    expect(await test.dump()).toEqual(collected);
  });

  it('name nobody', async () => {
    const world = generateWorld({ seed: 12, repositories: 1, years: 0.2, now: NOW });
    await using stage = await setStage(test, world);
    await stage.run();
    const { 'private.identities': identities = [], ...dump } = await test.dump();
    const text = JSON.stringify([dump, await readAll(test.warehouse, records)]).toLowerCase();
    const persons = [...world.users.values()].flatMap(({ login, email, name }) => [
      email,
      name,
      `"${login}"`,
    ]);
    expect(persons.filter((person) => text.includes(person.toLowerCase()))).toEqual([]);
    expect(identities.length).toBeGreaterThan(0);
  });
});
