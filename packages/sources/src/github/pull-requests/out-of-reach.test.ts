import { addLabel, requestReview, submitReview } from '@bellwether/simulator';
import { pullRequests, reviews, truncations } from '@bellwether/warehouse';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openTestWarehouse, readAll, type TestWarehouse } from '../../testing/test-warehouse.ts';
import type { GitHubApi } from '../api.ts';
import { expectNoDifferences } from '../testing/compare-rows.ts';
import { type Heavy, heavyApi } from './testing/heavy-api.ts';
import { MINUTE, smallWorld } from './testing/small-world.ts';
import { setStage } from './testing/stage.ts';

let test: TestWarehouse;
beforeAll(async () => {
  test = await openTestWarehouse();
});
afterEach(() => test.clear());
afterAll(() => test[Symbol.asyncDispose]());

/** Requests that begin with a pull request that no page can hold; tests may lighten it. */
function scene(documents: readonly string[]) {
  const heavy: { numbers: number[]; documents: readonly string[] } & Heavy = { numbers: [2], documents };
  return { heavy, wrap: (api: GitHubApi) => heavyApi(api, heavy) };
}

const whole = ['pull-requests-by-id'];

describe('a pull request that is too heavy', () => {
  it('for a page is read in parts, and nothing of it is missing', async () => {
    const small = smallWorld();
    const [, second] = small.open(3, { commits: 3, files: 120 });
    const { world, ada, bob } = small;
    submitReview(world, second!, { author: bob, state: 'APPROVED' }, world.now + MINUTE);
    requestReview(world, second!, { kind: 'user', id: bob.id }, ada, world.now + MINUTE);
    await using stage = await setStage(test, world, scene(whole));
    const result = await stage.run();
    expect(result.targets[0]?.error).toBeNull();
    expectNoDifferences(await stage.differences(), '');
    expect(await readAll(test.warehouse, truncations)).toEqual([]);
    expect((await stage.run()).targets[0]?.streams[0]?.status).toBe('current');
  });

  it('for one of its lists is stored without it, and says so until it can be read', async () => {
    const small = smallWorld();
    const { world, ada, bob } = small;
    const [, second] = small.open(3);
    submitReview(world, second!, { author: bob, state: 'APPROVED' }, world.now + MINUTE);
    const { heavy, wrap } = scene([...whole, 'pull-request-files', 'pull-request-reviews']);
    heavy.numbers.splice(0);
    await using stage = await setStage(test, world, { wrap });
    await stage.run();

    heavy.numbers.push(2);
    addLabel(world, second!, 'bug', ada, world.now + MINUTE);
    await stage.run();
    const gaps = await readAll(test.warehouse, truncations);
    expect(gaps.map(({ entity, reason }) => [entity, reason])).toEqual([
      ['#2 files', 'out-of-reach'],
      ['#2 reviews', 'out-of-reach'],
    ]);
    const rows = await readAll(test.warehouse, pullRequests);
    expect(rows.find(({ number }) => number === 2)).toMatchObject({ file_paths: [], labels: ['bug'] });
    // What was known of its reviews is not taken for gone.
    expect(await readAll(test.warehouse, reviews)).toHaveLength(1);

    heavy.numbers.splice(0);
    addLabel(world, second!, 'urgent', ada, world.now + MINUTE);
    await stage.run();
    expectNoDifferences(await stage.differences(), '');
    expect(await readAll(test.warehouse, truncations)).toEqual([]);
  });

  it('even in parts is named, and the others are stored', async () => {
    const { world, open } = smallWorld();
    open(3);
    await using stage = await setStage(test, world, scene([...whole, 'pull-request-heads']));
    const result = await stage.run();
    expect(result.targets[0]?.error).toBeNull();
    expect((await readAll(test.warehouse, pullRequests)).map(({ number }) => number)).toEqual([1, 3]);
    const gaps = await readAll(test.warehouse, truncations);
    expect(gaps.map(({ entity, reason }) => [entity, reason])).toEqual([
      ['#2', 'out-of-reach'],
      ['pull requests', 'count-mismatch'],
    ]);
    // The count is off for good: no reason to look again at every run.
    expect((await stage.run()).targets[0]?.streams[0]?.status).toBe('current');
  });
});
