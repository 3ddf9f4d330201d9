import { type Config, parseConfig } from '@bellwether/core';
import { deployments, records } from '@bellwether/warehouse';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { collect } from '../../engine/collect.ts';
import { replay } from '../../engine/replay.ts';
import { openTestWarehouse, readAll, type TestWarehouse } from '../../testing/test-warehouse.ts';
import type { GitHubTarget } from '../session.ts';
import { FakeApi, pageOf } from '../testing/fake-api.ts';
import { defaultConfig, hintOf, sessionOf, sourceOf } from '../testing/fake-session.ts';
import { deploymentStream } from './deployments.ts';
import { releaseStream } from './releases.ts';

interface Deployed {
  readonly id: number;
  readonly at: number;
  /** Oldest first. */
  states: string[];
}

const START = Date.parse('2026-02-01T00:00:00Z');
const MINUTE_MS = 60_000;

/** So slow that every page is stored by itself. */
const clock = { at: Date.parse('2026-06-01T00:00:00Z'), now: () => (clock.at += MINUTE_MS) };

let test: TestWarehouse;
beforeAll(async () => {
  test = await openTestWarehouse();
});
afterEach(() => test.clear());
afterAll(() => Promise.resolve(test[Symbol.asyncDispose]()));

const iso = (instant: number): string => new Date(instant).toISOString();

/** Deployments by the minute, all of them successes. */
const many = (count: number): Deployed[] =>
  Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    at: START + index * MINUTE_MS,
    states: ['QUEUED', 'SUCCESS'],
  }));

function github(all: Deployed[], failsAfter = Infinity): FakeApi {
  const statusesOf = ({ at, states }: Deployed, page: Record<string, unknown>) =>
    pageOf(states.map((state, index) => ({ state, createdAt: iso(at + index * 1000) })).reverse(), page);
  const node = (each: Deployed) => ({
    id: `DE_${each.id}`,
    databaseId: each.id,
    commitOid: 'a'.repeat(40),
    createdAt: iso(each.at),
    environment: 'production',
    originalEnvironment: 'production',
    task: 'deploy',
    payload: null,
    ref: { name: 'main' },
    statuses: statusesOf(each, { first: 10 }),
  });
  let pages = 0;
  return new FakeApi({
    queries: {
      deployments: (variables) => {
        if (++pages > failsAfter) throw new Error('the line is cut');
        const newestFirst = [...all].sort((a, b) => b.at - a.at || b.id - a.id);
        return { repository: { deployments: pageOf(newestFirst.map(node), variables) } };
      },
      'deployments-by-id': ({ ids }) => ({
        nodes: (ids as string[]).map((id) => {
          const found = all.find((each) => `DE_${each.id}` === id);
          return found ? node(found) : null;
        }),
      }),
      'deployment-statuses': (variables) => {
        const found = all.find((each) => `DE_${each.id}` === variables['id'])!;
        return { node: { statuses: statusesOf(found, variables) } };
      },
    },
  });
}

interface Run {
  readonly changed?: readonly string[];
  readonly since?: number;
  readonly config?: Config;
  readonly total?: number;
}

async function run(api: FakeApi, all: readonly Deployed[], { changed = [], since, config, total }: Run = {}) {
  const newest = all.length === 0 ? null : Math.max(...all.map(({ at }) => at));
  const base = hintOf();
  const hint: GitHubTarget['hint'] = {
    ...base,
    newest: { ...base.newest, deployment: newest },
    totals: { ...base.totals, deployments: total ?? all.length },
    changedDeployments: changed,
  };
  const result = await collect({
    source: sourceOf(deploymentStream),
    warehouse: test.warehouse,
    targets: [sessionOf({ api, hint, since: since ?? null })],
    config: config ?? defaultConfig,
    secret: 'a secret of the tests',
    clock,
    retry: { sleep: async () => {}, random: () => 0 },
  });
  return result.targets[0]!.streams[0]!;
}

const ids = async (): Promise<number[]> =>
  (await readAll(test.warehouse, deployments))
    .map(({ deployment_id }) => Number(deployment_id.split(':')[1]))
    .sort((a, b) => a - b);

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);

describe('deployments', () => {
  it('are read a hundred a request, and not again', async () => {
    const all = many(250);
    const api = github(all);
    expect((await run(api, all)).error).toBeNull();
    expect(api.takeCounts()).toEqual({ deployments: 3 });
    expect(await ids()).toEqual(numbers(1, 250));
    expect((await run(api, all)).status).toBe('current');
    expect(api.takeCounts()).toEqual({});
  });

  it('go on where the first reading was cut short, and take what came meanwhile', async () => {
    const all = many(450);
    expect((await run(github(all, 2), all)).status).toBe('failed');
    expect(await ids()).toEqual(numbers(251, 450));
    const more = many(460);
    const api = github(more);
    expect((await run(api, more)).error).toBeNull();
    // One page down to what is known; the rest from the cursor. Offsets have moved by ten: what is given twice is stored once.
    expect(await ids()).toEqual(numbers(1, 460));
    expect(api.takeCounts()).toEqual({ deployments: 4 });
  });

  it('cost one request when one is new, also in the same second', async () => {
    const all = many(150);
    await run(github(all), all);
    all.push({ id: 151, at: all.at(-1)!.at, states: ['SUCCESS'] });
    const api = github(all);
    await run(api, all);
    expect(api.takeCounts()).toEqual({ deployments: 1 });
    expect(await ids()).toEqual(numbers(1, 151));
  });

  it('disappear when they are deleted', async () => {
    const all = many(150);
    await run(github(all), all);
    const left = all.filter(({ id }) => id !== 20);
    await run(github(left), left);
    expect(await ids()).toEqual(numbers(1, 150).filter((id) => id !== 20));
    expect(await readAll(test.warehouse, records)).toHaveLength(149);
  });

  it('are read again by their ids when they had not ended', async () => {
    const all = many(3);
    all[0]!.states = ['QUEUED'];
    await run(github(all), all);
    all[0]!.states = ['QUEUED', 'SUCCESS', 'INACTIVE'];
    const api = github(all);
    await run(api, all, { changed: ['DE_1'] });
    expect(api.takeCounts()).toEqual({ deployments: 1 });
    const [first] = await readAll(test.warehouse, deployments);
    expect(first).toMatchObject({ status: 'success', finished_at: START + 1000 });
  });

  it('of long ago are found by their ids alone', async () => {
    const all = many(150);
    all[0]!.states = ['QUEUED'];
    await run(github(all), all);
    all[0]!.states = ['QUEUED', 'FAILURE'];
    const api = github(all);
    await run(api, all, { changed: ['DE_1'] });
    expect(api.takeCounts()).toEqual({ deployments: 1, 'deployments-by-id': 1 });
    expect((await readAll(test.warehouse, deployments))[0]).toMatchObject({ status: 'failure' });
  });

  it('show a success that stands behind ten other statuses', async () => {
    const all = many(1);
    all[0]!.states = ['QUEUED', 'SUCCESS', ...Array.from({ length: 12 }, () => 'INACTIVE')];
    const api = github(all);
    await run(api, all);
    expect(api.takeCounts()).toEqual({ deployments: 1, 'deployment-statuses': 1 });
    const [row] = await readAll(test.warehouse, deployments);
    expect(row).toMatchObject({ status: 'success', finished_at: START + 1000 });
  });

  it('from a day on stop there, and go on below when all are wanted', async () => {
    const all = many(350);
    const api = github(all);
    await run(api, all, { since: START + 200 * MINUTE_MS });
    expect(api.takeCounts()).toEqual({ deployments: 2 });
    expect(await ids()).toEqual(numbers(201, 350));
    await run(api, all);
    expect(await ids()).toEqual(numbers(1, 350));
  });

  it('are mapped otherwise when the configuration says so, and again without GitHub', async () => {
    const all = many(3);
    await run(github(all), all);
    const config = parseConfig('services: [{ name: store, repo: github.com/acme/app }]', 'bellwether.yaml');
    await replay({
      warehouse: test.warehouse,
      source: sourceOf(deploymentStream),
      config,
      secret: 'a secret of the tests',
      clock,
    });
    const replayed = await test.dump();
    expect(replayed['domain.deployments']).toMatchObject([
      { service: 'store' },
      { service: 'store' },
      { service: 'store' },
    ]);
    await run(github(all), all, { config });
    expect(await test.dump()).toEqual(replayed);
  });
});

describe('releases', () => {
  const release = (tagName: string, changes: Record<string, unknown> = {}) => ({
    id: `RE_${tagName}`,
    tagName,
    isDraft: false,
    isPrerelease: false,
    publishedAt: iso(START),
    updatedAt: iso(START),
    tagCommit: { oid: 'b'.repeat(40) },
    ...changes,
  });

  async function runReleases(list: ReturnType<typeof release>[], newest: number) {
    const api = new FakeApi({
      queries: { releases: (variables) => ({ repository: { releases: pageOf(list, variables) } }) },
    });
    const base = hintOf({ pushedAt: 1 });
    const hint = {
      ...base,
      newest: { ...base.newest, release: newest },
      totals: { ...base.totals, releases: list.length },
    };
    const result = await collect({
      source: sourceOf(releaseStream),
      warehouse: test.warehouse,
      targets: [sessionOf({ api, hint })],
      config: defaultConfig,
      secret: 'a secret of the tests',
      clock,
    });
    return result.targets[0]!.streams[0]!;
  }

  it('follow what was edited, deleted and published', async () => {
    await runReleases(
      [release('v1.0.0'), release('v1.1.0'), release('v2.0.0', { isDraft: true, publishedAt: null })],
      1,
    );
    expect((await readAll(test.warehouse, deployments)).map(({ ref }) => ref)).toEqual(['v1.0.0', 'v1.1.0']);
    const after = [release('v1.1.0', { isPrerelease: true }), release('v2.0.0')];
    // A row taken away, one changed, one new; the same for the payloads.
    expect((await runReleases(after, 2)).rowCount).toBe(6);
    expect(
      (await readAll(test.warehouse, deployments)).map(({ ref, environment_kind }) => [
        ref,
        environment_kind,
      ]),
    ).toEqual([
      ['v1.1.0', 'prerelease'],
      ['v2.0.0', 'production'],
    ]);
    expect((await runReleases(after, 3)).rowCount).toBe(0);
    expect((await runReleases(after, 3)).status).toBe('current');
  });
});
