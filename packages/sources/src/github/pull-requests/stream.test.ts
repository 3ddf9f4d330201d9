import {
  addLabel,
  addTimelineItem,
  closePullRequest,
  convertToDraft,
  deleteUser,
  forcePush,
  generateWorld,
  markReady,
  mergePullRequest,
  mutateWorld,
  type MutationKind,
  mutationKinds,
  removeReviewRequest,
  requestReview,
  seededRandom,
  submitReview,
} from '@bellwether/simulator';
import { cursors, pullRequests, records, truncations } from '@bellwether/warehouse';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openTestWarehouse, readAll, type TestWarehouse } from '../../testing/test-warehouse.ts';
import { mortalWarehouse } from '../../testing/watched-warehouse.ts';
import { expectNoDifferences } from '../testing/compare-rows.ts';
import type { GitHubApi } from '../api.ts';
import { MINUTE, smallWorld } from './testing/small-world.ts';
import { setStage, type Stage } from './testing/stage.ts';

const NOW = Date.parse('2026-03-02T09:00:00Z');
const LONG = 120_000;

let test: TestWarehouse;
beforeAll(async () => {
  test = await openTestWarehouse();
});
afterEach(() => test.clear());
afterAll(() => test[Symbol.asyncDispose]());

const generated = (seed: number) => generateWorld({ seed, repositories: 1, years: 0.3, now: NOW });

/** Only what happens to pull requests. */
const lively = Object.fromEntries(
  mutationKinds.map((kind) => [kind, /^(pull-request|review)/.test(kind) ? undefined : 0]),
) as Record<MutationKind, number | undefined>;
const weights = Object.fromEntries(Object.entries(lively).filter(([, weight]) => weight === 0));

async function expectSame(stage: Stage): Promise<void> {
  expectNoDifferences(await stage.differences(), `seed ${String(stage.world.seed)}`);
}

function expectOk(result: { targets: readonly { error: unknown }[] }): void {
  expect(result.targets.map(({ error }) => error)).toEqual(result.targets.map(() => null));
}

describe('a first reading', () => {
  it('stores what GitHub holds, and the next run asks nothing', async () => {
    await using stage = await setStage(test, generated(1));
    expectOk(await stage.run());
    await expectSame(stage);
    stage.takeUsage();
    const again = await stage.run();
    expect(again.targets.flatMap(({ streams }) => streams.map(({ status }) => status))).toEqual(['current']);
    expect(stage.takeUsage()).toEqual({ requests: 0, points: 0 });
  });

  it('takes 42 requests and points for 1,000 pull requests', { timeout: LONG }, async () => {
    const exact = { count: 1000, reviews: 3, commits: 5, timelineItems: 10, files: 10 };
    const world = generateWorld({
      seed: 2,
      repositories: 1,
      years: 1,
      now: NOW,
      parameters: { pullRequests: { exact } },
    });
    await using stage = await setStage(test, world);
    expectOk(await stage.run());
    // ⌈1,000 ÷ 24⌉ pages
    expect(stage.takeUsage()).toEqual({ requests: 42, points: 42 });
    await expectSame(stage);
  });

  it('goes on where it was killed', { timeout: LONG }, async () => {
    const { world, open } = smallWorld();
    open(60);
    await using stage = await setStage(test, world);
    for (let diesAt = 1; ; diesAt++) {
      const result = await stage
        .run({ warehouse: mortalWarehouse(test.warehouse, diesAt) })
        .catch(() => null);
      if (result?.status === 'ok') break;
      expect(diesAt).toBeLessThan(60);
    }
    await expectSame(stage);
  });

  it('begins again when GitHub does not take its page cursor any more', async () => {
    const { world, open } = smallWorld();
    open(30);
    await using stage = await setStage(test, world);
    await test.warehouse.insert(cursors, [
      {
        source: 'github',
        stream: 'pull-requests',
        key: '127.0.0.1/acme/shop',
        cursor: JSON.stringify({
          mapping: 1,
          watermark: null,
          readAt: NOW,
          backfill: { after: 'no cursor', newest: null, readAt: NOW, since: null },
          horizon: null,
          count: 0,
          sweep: { at: NOW, difference: 0 },
        }),
      },
    ]);
    expectOk(await stage.run());
    await expectSame(stage);
  });

  it('with a horizon leaves out what was last changed before it, and later what is asked for', async () => {
    const { world, open } = smallWorld();
    const pulls = open(60);
    await using stage = await setStage(test, world);
    expectOk(await stage.run({ since: pulls[40]!.updatedAt }));
    // Pages of 24 from the newest down: the 20 from the horizon on are on the first.
    expect(stage.takeUsage()).toEqual({ requests: 1, points: 1 });
    const numbers = async () => (await readAll(test.warehouse, pullRequests)).map(({ number }) => number);
    expect((await numbers()).sort((a, b) => a - b)).toEqual(pulls.slice(40).map(({ number }) => number));
    const again = await stage.run({ since: pulls[40]!.updatedAt });
    expect(again.targets[0]?.streams[0]?.status).toBe('current');
    expectOk(await stage.run());
    await expectSame(stage);
  });
});

describe('a later reading', () => {
  it('reads what changed, and writes nothing that is the same', async () => {
    const { world, ada, open } = smallWorld();
    const pulls = open(60);
    await using stage = await setStage(test, world);
    await stage.run();
    stage.takeUsage();
    world.now += 60 * MINUTE;
    addLabel(world, pulls[3]!, 'bug', ada, world.now);
    const result = await stage.run();
    expect(stage.takeUsage()).toEqual({ requests: 1, points: 1 });
    // The pull request, its payload and its event.
    expect(result.targets[0]?.rowCount).toBe(3);
    await expectSame(stage);
  });

  it('looks again where something may have happened in the second of the watermark', async () => {
    const { world, ada, open } = smallWorld();
    const pulls = open(3);
    await using stage = await setStage(test, world);
    stage.clock.ahead = 0;
    await stage.run();
    // Within the same second, and the newest instant stays what it was.
    pulls[2]!.title = 'Another title';
    addLabel(world, pulls[2]!, 'bug', ada, world.now);
    await stage.run();
    await expectSame(stage);
  });

  it('comes to the same rows whatever happened', { timeout: LONG }, async () => {
    for (const seed of [3, 4]) {
      const world = generated(seed);
      const random = seededRandom(seed);
      await using stage = await setStage(test, world);
      await stage.run();
      for (let round = 0; round < 3; round++) {
        const changed = new Set<string>();
        for (let n = 0; n < 15; n++) {
          const { kind, entity } = mutateWorld(world, random, world.now + MINUTE, { weights });
          if (kind === 'review.submitted-quietly') changed.add(ownerOf(world, entity));
        }
        expectOk(await stage.run({ changedPullRequests: [...changed] }));
        await expectSame(stage);
      }
      await test.clear();
    }
  });

  it('leaves no child behind that was gone when it was read once more', async () => {
    const { world, ada, bob, open } = smallWorld();
    const [first] = open(30);
    requestReview(world, first!, { kind: 'user', id: bob.id }, ada, first!.createdAt);
    // The others changed later, so it is on the first page; then it moves to the second.
    for (const pull of [...world.repositories.values()][0]!.pullRequests.values()) {
      if (pull !== first) addLabel(world, pull, 'bug', ada, world.now + MINUTE);
    }
    await using stage = await setStage(test, world);
    let pages = 0;
    stage.github.hooks = {
      betweenPages() {
        if (++pages > 1) return;
        first!.reviewRequests.splice(0);
        first!.timeline.splice(0);
        addLabel(world, first!, 'late', ada, world.now + MINUTE);
      },
    };
    expectOk(await stage.run());
    expect(pages).toBe(1);
    await expectSame(stage);
  });

  it('loses nothing that changes between two pages or dies with a run', { timeout: LONG }, async () => {
    for (const seed of [6, 7]) {
      const world = generated(seed);
      const random = seededRandom(seed);
      const quiet = new Set<string>();
      await using stage = await setStage(test, world);
      stage.github.hooks = {
        onRequest() {
          for (let n = 0; n < 3; n++) {
            const { kind, entity } = mutateWorld(world, random, world.now + MINUTE, { weights });
            if (kind === 'review.submitted-quietly') quiet.add(ownerOf(world, entity));
          }
        },
      };
      for (const diesAt of [3, 9, 4, 12, 30]) {
        await stage.run({ warehouse: mortalWarehouse(test.warehouse, diesAt) }).catch(() => null);
      }
      expectOk(await stage.run());
      stage.github.hooks = {};
      expectOk(await stage.run({ changedPullRequests: [...quiet] }));
      await expectSame(stage);
      await test.clear();
    }
  });
});

describe('what is special', () => {
  it('is read to the end where a list has more than a page', async () => {
    const { world, ada, bob, shop, core, open } = smallWorld();
    const [many, cut, plain] = open(3, { commits: 1 });
    const [files] = open(1, { files: 250, commits: 140 });
    const [commits] = open(1, { commits: 260 });
    for (let n = 0; n < 130; n++) {
      submitReview(world, many!, { author: bob, state: 'COMMENTED' }, world.now + MINUTE);
      addLabel(world, cut!, `label ${String(n)}`, ada, world.now + MINUTE);
    }
    requestReview(world, plain!, { kind: 'team', id: core.id }, ada, world.now + MINUTE);
    await using stage = await setStage(test, world);
    expectOk(await stage.run());
    await expectSame(stage);
    // A page, then 1 of labels, 1 of reviews, 1 of events; of files 2; of commits 1 of one and 2 of the other.
    expect(stage.takeUsage()).toEqual({ requests: 9, points: 9 });
    const gaps = await readAll(test.warehouse, truncations);
    expect(gaps).toEqual([
      {
        repo: '127.0.0.1/acme/shop',
        source: 'github',
        stream: 'pull-requests',
        entity: `#${String(commits!.number)} commits`,
        reason: 'cut-list',
        detail: 'GitHub gave 250 of 260 commits.',
      },
    ]);
    expect(files!.files).toHaveLength(250);
    // Rebased into fewer: nothing is cut any more.
    forcePush(world, shop, commits!, commits!.commitShas.slice(0, 3), world.now + MINUTE);
    expectOk(await stage.run());
    await expectSame(stage);
    expect(await readAll(test.warehouse, truncations)).toEqual([]);
  });

  it('is found by a hint where the time of change stayed', async () => {
    const { world, bob, open } = smallWorld();
    const [, second] = open(3);
    await using stage = await setStage(test, world);
    await stage.run();
    stage.takeUsage();
    const review = { author: bob, state: 'APPROVED', touchesUpdatedAt: false } as const;
    submitReview(world, second!, review, world.now + MINUTE);
    expectOk(await stage.run({ changedPullRequests: [second!.id] }));
    expect(stage.takeUsage()).toEqual({ requests: 1, points: 1 });
    await expectSame(stage);
  });

  it('keeps a removed request with its times, and drops a request that never was', async () => {
    const { world, ada, bob, core, open } = smallWorld();
    const [pull] = open(1);
    requestReview(world, pull!, { kind: 'user', id: bob.id }, ada, world.now + MINUTE);
    requestReview(world, pull!, { kind: 'team', id: core.id }, ada, world.now + MINUTE);
    await using stage = await setStage(test, world);
    await stage.run();
    removeReviewRequest(world, pull!, { kind: 'user', id: bob.id }, ada, world.now + MINUTE);
    await stage.run();
    await expectSame(stage);
    // As when an account goes away: neither request nor event name anybody.
    pull!.timeline.splice(0, pull!.timeline.length);
    pull!.reviewRequests.splice(0, pull!.reviewRequests.length);
    addTimelineItem(
      world,
      pull!,
      { typename: 'LabeledEvent', actorId: ada.id, label: 'x' },
      world.now + MINUTE,
    );
    await stage.run();
    await expectSame(stage);
  });

  it('shows no author where the account is gone, and no merge commit where GitHub has none', async () => {
    const { world, ada, bob, shop, open } = smallWorld();
    const [merged, closed] = open(2);
    mergePullRequest(world, shop, merged!, { method: 'squash', actor: bob }, world.now + MINUTE);
    merged!.mergeCommitSha = null;
    convertToDraft(world, closed!, ada, world.now + MINUTE);
    markReady(world, closed!, ada, world.now + MINUTE);
    closePullRequest(world, closed!, bob, world.now + MINUTE);
    deleteUser(world, ada, world.now + MINUTE);
    await using stage = await setStage(test, world);
    expectOk(await stage.run());
    await expectSame(stage);
    const [row] = await readAll(test.warehouse, pullRequests);
    expect(row).toMatchObject({
      state: 'merged',
      author_key: '',
      author_is_bot: false,
      merge_commit_sha: null,
    });
  });

  it('reads what the count shows to be missing, and removes what is gone with all that hung on it', async () => {
    const { world, ada, bob, shop, open } = smallWorld();
    const pulls = open(5);
    for (const pull of pulls) {
      submitReview(world, pull, { author: bob, state: 'APPROVED' }, world.now + MINUTE);
      addLabel(world, pull, 'bug', ada, world.now + MINUTE);
    }
    await using stage = await setStage(test, world);
    await stage.run();
    // Two of ours and one of theirs, so that the counts differ.
    const repo = '127.0.0.1/acme/shop';
    await test.warehouse.remove(
      pullRequests,
      [1, 2].map((number) => ({ repo, number })),
    );
    shop.pullRequests.delete(3);
    addLabel(world, pulls[4]!, 'urgent', ada, world.now + MINUTE);
    stage.takeUsage();
    expectOk(await stage.run());
    await expectSame(stage);
    const left = await readAll(test.warehouse, records);
    expect(left.map(({ key }) => key).sort()).toEqual([0, 1, 3, 4].map((n) => pulls[n]!.id).sort());
    // Changes, the listing, the missing ones, and the one that may be gone, which is asked for twice.
    expect(stage.takeUsage()).toEqual({ requests: 5, points: 5 });
    const again = await stage.run();
    expect(again.targets[0]?.streams[0]?.status).toBe('current');
  });

  it('is found after a month where no count tells of it', async () => {
    const { world, open } = smallWorld();
    open(4);
    await using stage = await setStage(test, world);
    await stage.run();
    await test.warehouse.remove(pullRequests, [{ repo: '127.0.0.1/acme/shop', number: 1 }]);
    expect((await stage.run()).targets[0]?.streams[0]?.status).toBe('current');
    stage.clock.ahead += 30 * 24 * 60 * MINUTE;
    expectOk(await stage.run());
    await expectSame(stage);
  });

  it('says that a token may not read pull requests, and reads them when it may', async () => {
    const { world, open } = smallWorld();
    open(2);
    {
      await using stage = await setStage(test, world, { wrap: withoutPullRequests });
      expectOk(await stage.run());
    }
    expect((await readAll(test.warehouse, truncations)).map(({ reason }) => reason)).toEqual([
      'no-permission',
    ]);
    await using stage = await setStage(test, world);
    expectOk(await stage.run());
    await expectSame(stage);
    expect(await readAll(test.warehouse, truncations)).toEqual([]);
  });
});

/** The pull request that a mutation was about, by its own or its review's id. */
function ownerOf(world: Stage['world'], entity: string): string {
  for (const { pullRequests: pulls } of world.repositories.values()) {
    for (const pull of pulls.values()) {
      if (pull.id === entity || pull.reviews.some(({ id }) => id === entity)) return pull.id;
    }
  }
  throw new Error('the mutation was about something else');
}

/** What a token sees that may read everything else. */
function withoutPullRequests(api: GitHubApi): GitHubApi {
  return {
    ...api,
    async *pages({ schema }) {
      yield {
        data: schema.parse({ repository: null }),
        items: [],
        gaps: [{ kind: 'forbidden', path: ['repository', 'pullRequests'] }],
        endCursor: null,
        hasNextPage: false,
        isOutOfReach: false,
      };
    },
  };
}
