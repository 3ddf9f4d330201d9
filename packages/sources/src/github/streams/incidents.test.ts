import { type Config, parseConfig } from '@bellwether/core';
import { incidents, records } from '@bellwether/warehouse';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { collect } from '../../engine/collect.ts';
import { replay } from '../../engine/replay.ts';
import { openTestWarehouse, readAll, type TestWarehouse } from '../../testing/test-warehouse.ts';
import { FakeApi, pageOf } from '../testing/fake-api.ts';
import { defaultConfig, hintOf, sessionOf, sourceOf } from '../testing/fake-session.ts';
import { incidentStream } from './incidents.ts';

interface Issue {
  readonly number: number;
  updatedAt: number;
  closedAt: number | null;
  labels: string[];
}

const START = Date.parse('2026-02-01T00:00:00Z');
const HOUR_MS = 3_600_000;
const secret = 'a secret of the tests';
const clock = { now: () => Date.parse('2026-06-01T00:00:00Z') };

let test: TestWarehouse;
beforeAll(async () => {
  test = await openTestWarehouse();
});
afterEach(() => test.clear());
afterAll(() => Promise.resolve(test[Symbol.asyncDispose]()));

const iso = (instant: number): string => new Date(instant).toISOString();

const issueOf = (number: number, ...labels: string[]): Issue => ({
  number,
  updatedAt: START + number * HOUR_MS,
  closedAt: null,
  labels,
});

/** An incident now and then, and other issues. */
const many = (count: number): Issue[] =>
  Array.from({ length: count }, (_, at) => issueOf(at + 1, at % 10 === 0 ? 'incident' : 'bug'));

function github(all: Issue[]): FakeApi {
  const node = ({ number, updatedAt, closedAt, labels }: Issue) => ({
    id: `I_${number}`,
    number,
    title: `Issue ${number}`,
    body: 'Caused by: v1.0.0',
    url: `https://github.com/acme/app/issues/${number}`,
    createdAt: iso(START),
    updatedAt: iso(updatedAt),
    closedAt: closedAt === null ? null : iso(closedAt),
    labels: { totalCount: labels.length, nodes: labels.map((name) => ({ name })) },
  });
  return new FakeApi({
    queries: {
      issues: (variables) => {
        const since = variables['since'] === null ? -Infinity : Date.parse(variables['since'] as string);
        const wanted = variables['labels'] as string[] | null;
        const found = all
          .filter(({ updatedAt }) => updatedAt >= since)
          .filter(({ labels }) => wanted === null || wanted.every((label) => labels.includes(label)))
          .sort((a, b) => a.updatedAt - b.updatedAt);
        return { repository: { issues: pageOf(found.map(node), variables) } };
      },
      'issues-by-id': ({ ids }) => ({
        nodes: (ids as string[]).map((id) => {
          const found = all.find(({ number }) => id === `I_${number}`);
          return found ? node(found) : null;
        }),
      }),
    },
  });
}

async function run(api: FakeApi, all: Issue[], config: Config = defaultConfig) {
  const base = hintOf();
  const newest = all.length === 0 ? null : Math.max(...all.map(({ updatedAt }) => updatedAt));
  const hint = {
    ...base,
    newest: { ...base.newest, issue: newest },
    totals: { ...base.totals, issues: all.length },
  };
  const result = await collect({
    source: sourceOf(incidentStream),
    warehouse: test.warehouse,
    targets: [sessionOf({ api, hint })],
    config,
    secret,
    clock,
    retry: { sleep: async () => {}, random: () => 0 },
  });
  expect(result.targets[0]!.error).toBeNull();
  return result.targets[0]!.streams[0]!;
}

const numbers = async (): Promise<number[]> =>
  (await readAll(test.warehouse, incidents))
    .map(({ url }) => Number(url.split('/').at(-1)))
    .sort((a, b) => a - b);

it('asks for the labels alone at first, and then for what changed', async () => {
  const all = many(1000);
  const api = github(all);
  await run(api, all);
  // Two pages of a hundred incidents, none of outages, and one from the newest change on.
  expect(api.takeCounts()).toEqual({ issues: 4 });
  expect(await numbers()).toHaveLength(100);
  expect((await run(api, all)).status).toBe('current');
  all[10]!.closedAt = START + 2000 * HOUR_MS;
  all[10]!.updatedAt = START + 2000 * HOUR_MS;
  expect((await run(api, all)).rowCount).toBe(2);
  expect(api.takeCounts()).toEqual({ issues: 1 });
  const row = (await readAll(test.warehouse, incidents)).find(({ url }) => url.endsWith('/11'));
  expect(row).toMatchObject({ resolved_at: START + 2000 * HOUR_MS, caused_by: 'v1.0.0' });
});

it('follows issues that get the label, lose it and are opened again', async () => {
  const all = [
    issueOf(1, 'incident'),
    issueOf(2, 'bug'),
    { ...issueOf(3, 'incident'), closedAt: START + HOUR_MS },
  ];
  await run(github(all), all);
  expect(await numbers()).toEqual([1, 3]);
  for (const [at, issue] of all.entries()) issue.updatedAt = START + (100 + at) * HOUR_MS;
  all[0]!.labels = [];
  all[1]!.labels = ['bug', 'outage'];
  all[2]!.closedAt = null;
  await run(github(all), all);
  expect(await numbers()).toEqual([2, 3]);
  expect((await readAll(test.warehouse, incidents)).map(({ resolved_at }) => resolved_at)).toEqual([
    null,
    null,
  ]);
  expect((await readAll(test.warehouse, records)).map(({ key }) => key)).toEqual(['I_2', 'I_3']);
});

it('forgets an issue that is deleted or moved away', async () => {
  const all = [issueOf(1, 'incident'), issueOf(2, 'incident'), issueOf(3)];
  await run(github(all), all);
  const left = all.slice(1);
  const api = github(left);
  await run(api, left);
  expect(await numbers()).toEqual([2]);
  expect(api.takeCounts()).toMatchObject({ 'issues-by-id': 1 });
});

it('asks for all issues where a label is a pattern', async () => {
  const all = [issueOf(1, 'incident:sev1'), issueOf(2, 'bug')];
  const api = github(all);
  await run(api, all, parseConfig("incidents: { labels: ['incident:*'] }", 'bellwether.yaml'));
  expect(api.calls.map(({ variables }) => variables['labels'])).toEqual([null]);
  expect(await numbers()).toEqual([1]);
});

it('lets go of what is no incident any more by the configuration', async () => {
  const all = [issueOf(1, 'incident'), issueOf(2, 'problem')];
  await run(github(all), all);
  await run(github(all), all, parseConfig('incidents: { labels: [problem] }', 'bellwether.yaml'));
  expect(await numbers()).toEqual([2]);
});

it('gives the same rows from what is stored', async () => {
  const all = many(50);
  await run(github(all), all);
  const before = await test.dump();
  await test.warehouse.command(`TRUNCATE TABLE ${incidents.qualified}`);
  await replay({
    warehouse: test.warehouse,
    source: sourceOf(incidentStream),
    config: defaultConfig,
    secret,
    clock,
  });
  expect(await test.dump()).toEqual(before);
});
