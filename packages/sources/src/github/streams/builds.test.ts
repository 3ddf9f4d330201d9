import { type Config, parseConfig } from '@bellwether/core';
import { buildJobs, builds, deployments, records, repositories, truncations } from '@bellwether/warehouse';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { collect } from '../../engine/collect.ts';
import { replay } from '../../engine/replay.ts';
import { openTestWarehouse, readAll, type TestWarehouse } from '../../testing/test-warehouse.ts';
import { FakeApi } from '../testing/fake-api.ts';
import { defaultConfig, hintOf, sessionOf, sourceOf } from '../testing/fake-session.ts';
import { buildStream } from './builds.ts';

interface Attempt {
  status: string;
  conclusion: string | null;
  readonly startedAt: number;
  updatedAt: number;
}
interface Run {
  readonly id: number;
  readonly createdAt: number;
  readonly attempts: Attempt[];
  readonly jobCount?: number;
}

const NOW = Date.parse('2026-06-01T00:00:00Z');
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const repo = 'github.com/acme/app';
const list = '/repos/acme/app/actions/runs';
const clock = { at: NOW, now: () => clock.at };

let test: TestWarehouse;
beforeAll(async () => {
  test = await openTestWarehouse();
});
beforeEach(async () => {
  clock.at = NOW;
  await test.warehouse.insert(repositories, [
    {
      repo,
      default_branch: 'main',
      head_sha: null,
      is_shallow: false,
      has_paths: false,
      repo_id: 'github.com:R_1',
      visibility: 'private',
      is_fork: false,
      is_archived: false,
      is_gone: false,
      created_at: null,
      pushed_at: null,
      primary_language: '',
    },
  ]);
});
afterEach(() => test.clear());
afterAll(() => Promise.resolve(test[Symbol.asyncDispose]()));

const iso = (instant: number): string => new Date(instant).toISOString().replace('.000Z', 'Z');

const runOf = (id: number, createdAt: number, conclusion: string | null = 'success'): Run => ({
  id,
  createdAt,
  attempts: [
    {
      status: conclusion === null ? 'in_progress' : 'completed',
      conclusion,
      startedAt: createdAt,
      updatedAt: createdAt + MINUTE_MS,
    },
  ],
});

/** One run every `gap`, the newest an hour ago. */
const many = (count: number, gap = HOUR_MS): Run[] =>
  Array.from({ length: count }, (_, index) => runOf(1000 + index, NOW - HOUR_MS - (count - 1 - index) * gap));

/** Actions as GitHub shows it: newest first, filtered lists cut at a thousand. */
function github(runs: readonly Run[], lostAttempts = false): FakeApi {
  const body = (run: Run, number = run.attempts.length) => {
    const attempt = run.attempts[number - 1]!;
    return {
      id: run.id,
      check_suite_node_id: `CS_${run.id}`,
      name: 'CI',
      path: '.github/workflows/ci.yml',
      run_number: run.id,
      run_attempt: number,
      event: 'push',
      head_branch: 'main',
      head_sha: 'a'.repeat(40),
      status: attempt.status,
      conclusion: attempt.conclusion,
      created_at: iso(run.createdAt),
      run_started_at: iso(attempt.startedAt),
      updated_at: iso(attempt.updatedAt),
      html_url: `https://github.com/acme/app/actions/runs/${run.id}`,
    };
  };
  const jobs = (run: Run) =>
    run.attempts.flatMap(({ startedAt, updatedAt, conclusion }, at) =>
      Array.from({ length: run.jobCount ?? 1 }, (_, index) => ({
        databaseId: run.id * 1000 + at * 200 + index,
        name: `job ${index}`,
        status: conclusion === null ? 'IN_PROGRESS' : 'COMPLETED',
        conclusion: conclusion?.toUpperCase() ?? null,
        startedAt: iso(startedAt),
        completedAt: conclusion === null ? null : iso(updatedAt),
      })),
    );
  const jobPage = (run: Run, after: unknown) => {
    const all = jobs(run);
    const from = Number(after ?? 0);
    const nodes = all.slice(from, from + 100);
    const end = from + nodes.length;
    return {
      totalCount: all.length,
      pageInfo: { hasNextPage: end < all.length, endCursor: String(end) },
      nodes,
    };
  };
  const bySuite = (id: unknown) => runs.find((run) => `CS_${run.id}` === id)!;
  return new FakeApi({
    resources: {
      [list]: ({ page, created }) => {
        const [from = -Infinity, to = Infinity] =
          created === undefined ? [] : String(created).split('..').map(Date.parse);
        const shown = runs
          .filter(({ createdAt }) => createdAt >= from && createdAt <= to)
          .sort((a, b) => b.createdAt - a.createdAt || b.id - a.id);
        const reachable = created === undefined ? shown : shown.slice(0, 1000);
        const end = Number(page) * 100;
        const rows = reachable.slice(end - 100, end).map((run) => body(run));
        return {
          body: { total_count: shown.length, workflow_runs: rows },
          etag: JSON.stringify(rows),
          hasNextPage: end < reachable.length,
        };
      },
      ...Object.fromEntries(
        runs.flatMap((run) => [
          [`${list}/${run.id}`, () => ({ body: body(run) })],
          ...run.attempts.map((_, at) => [
            `${list}/${run.id}/attempts/${at + 1}`,
            () => (lostAttempts ? 'not-found' : { body: body(run, at + 1) }),
          ]),
        ]),
      ),
    },
    queries: {
      'suite-jobs': ({ ids }) => ({
        nodes: (ids as string[]).map((id) => ({ id, checkRuns: jobPage(bySuite(id), null) })),
      }),
      'suite-jobs-rest': ({ id, after }) => ({ node: { checkRuns: jobPage(bySuite(id), after) } }),
      'suite-states': ({ ids }) => ({
        nodes: (ids as string[]).map((id) => {
          const run = bySuite(id);
          return { id, workflowRun: { databaseId: run.id, updatedAt: iso(run.attempts.at(-1)!.updatedAt) } };
        }),
      }),
    },
  });
}

async function run(api: FakeApi, config: Config = defaultConfig, since: number | null = null) {
  const result = await collect({
    source: sourceOf(buildStream),
    warehouse: test.warehouse,
    targets: [sessionOf({ api, hint: hintOf(), since })],
    config,
    secret: 'a secret of the tests',
    clock,
    retry: { sleep: async () => {}, random: () => 0 },
  });
  expect(result.targets[0]!.error).toBeNull();
  return result.targets[0]!.streams[0]!;
}

it('takes the history a hundred runs a request, their jobs a hundred runs a point', async () => {
  const api = github(many(250));
  await run(api);
  expect(api.takeCounts()).toEqual({ [list]: 3, 'suite-jobs': 3 });
  expect(await readAll(test.warehouse, builds)).toHaveLength(250);
  expect(await readAll(test.warehouse, buildJobs)).toHaveLength(250);
});

it('finds all of more than a thousand runs', async () => {
  const runs = many(2300);
  await run(github(runs));
  expect((await readAll(test.warehouse, builds)).map(({ number }) => number).sort()).toEqual(
    runs.map(({ id }) => id).sort(),
  );
  expect(await readAll(test.warehouse, truncations)).toEqual([]);
});

it('asks once when nothing ran, for nothing', async () => {
  const api = github(many(150));
  await run(api);
  await run(api);
  api.takeCounts();
  expect((await run(api)).rowCount).toBe(0);
  expect(api.takeCounts()).toEqual({ [list]: 1 });
  expect(api.usage().unchanged).toBe(1);
});

it('reads one that runs until it ends, also when it is no longer among the newest', async () => {
  const runs = [runOf(1, NOW - 300 * HOUR_MS, null), ...many(150)];
  const api = github(runs);
  await run(api);
  await run(api);
  expect((await readAll(test.warehouse, builds)).filter(({ status }) => status === 'running')).toHaveLength(
    1,
  );
  Object.assign(runs[0]!.attempts[0]!, { status: 'completed', conclusion: 'failure', updatedAt: NOW });
  api.takeCounts();
  await run(api);
  expect(api.takeCounts()).toEqual({ [list]: 1, [`${list}/1`]: 1, 'suite-jobs': 1 });
  expect((await readAll(test.warehouse, builds)).find(({ number }) => number === 1)).toMatchObject({
    status: 'finished',
    conclusion: 'failure',
  });
  expect((await run(api)).rowCount).toBe(0);
});

it('finds re-runs with all their attempts, also far behind the newest', async () => {
  const old = runOf(1, NOW - 300 * HOUR_MS, 'failure');
  const recent = runOf(5000, NOW - HOUR_MS / 2, 'failure');
  const runs = [old, ...many(150), recent];
  const api = github(runs);
  await run(api);
  for (const each of [old, recent]) {
    each.attempts.push({
      status: 'completed',
      conclusion: 'success',
      startedAt: NOW,
      updatedAt: NOW + MINUTE_MS,
    });
  }
  await run(github(runs));
  const attempts = async (number: number) =>
    (await readAll(test.warehouse, builds))
      .filter((row) => row.number === number)
      .map(({ conclusion }) => conclusion);
  expect(await attempts(5000)).toEqual(['failure', 'success']);
  expect(await attempts(1)).toEqual(['failure']);
  clock.at += 7 * HOUR_MS;
  await run(github(runs));
  expect(await attempts(1)).toEqual(['failure', 'success']);
  const jobs = (await readAll(test.warehouse, buildJobs)).filter(({ build_id }) => build_id === 'actions:1');
  expect(jobs.map(({ attempt }) => attempt)).toEqual([1, 2]);
});

it('pages out the jobs that do not fit', async () => {
  const [only] = many(1);
  const api = github([{ ...only!, jobCount: 130 }]);
  await run(api);
  expect(api.takeCounts()).toMatchObject({ 'suite-jobs': 1, 'suite-jobs-rest': 1 });
  expect(await readAll(test.warehouse, buildJobs)).toHaveLength(130);
});

it('says what GitHub no longer has, once', async () => {
  const [only] = many(1);
  only!.attempts.push({ status: 'completed', conclusion: 'success', startedAt: NOW, updatedAt: NOW });
  await run(github([only!], true));
  expect(await readAll(test.warehouse, truncations)).toMatchObject([
    { stream: 'builds', entity: 'actions:1000', reason: 'out-of-reach' },
  ]);
  expect((await readAll(test.warehouse, builds)).map(({ attempt }) => attempt)).toEqual([2]);
  expect((await run(github([only!], true))).rowCount).toBe(0);
  await run(github([only!]));
});

it('says that the token may not', async () => {
  await run(new FakeApi({ resources: { [list]: () => 'forbidden' } }));
  expect(await readAll(test.warehouse, truncations)).toMatchObject([
    { entity: 'builds', reason: 'no-permission' },
  ]);
});

it('goes back to where it is asked to, and no further than GitHub keeps', async () => {
  const runs = [runOf(1, NOW - 500 * 24 * HOUR_MS), ...many(100)];
  await run(github(runs), defaultConfig, NOW - 50.5 * HOUR_MS);
  expect(await readAll(test.warehouse, builds)).toHaveLength(50);
  await run(github(runs));
  expect(await readAll(test.warehouse, builds)).toHaveLength(100);
});

it('makes deployments of the runs that deploy, and others when the configuration changes', async () => {
  const api = github([runOf(1, NOW - HOUR_MS), runOf(2, NOW - 2 * HOUR_MS, 'failure')]);
  const deploying = parseConfig('deployments: { workflows: [ci] }', 'bellwether.yaml');
  await run(api, deploying);
  const expected = [
    { deployment_id: `${repo}@run:1`, signal: 'workflow_run', finished_at: NOW - HOUR_MS + MINUTE_MS },
  ];
  expect(await readAll(test.warehouse, deployments)).toMatchObject(expected);
  await run(api);
  expect(await readAll(test.warehouse, deployments)).toEqual([]);
  await run(api, deploying);
  expect(await readAll(test.warehouse, deployments)).toMatchObject(expected);
});

it('gives the same rows from what is stored', async () => {
  const runs = many(5);
  runs[0]!.attempts.push({ status: 'completed', conclusion: 'success', startedAt: NOW, updatedAt: NOW });
  const config = parseConfig('deployments: { workflows: [ci] }', 'bellwether.yaml');
  await run(github(runs), config);
  const before = await test.dump();
  expect(await readAll(test.warehouse, records)).toHaveLength(11);
  for (const { qualified } of [builds, buildJobs, deployments]) {
    await test.warehouse.command(`TRUNCATE TABLE ${qualified}`);
  }
  const source = sourceOf(buildStream);
  await replay({ warehouse: test.warehouse, source, config, secret: 'a secret of the tests', clock });
  expect(await test.dump()).toEqual(before);
});
