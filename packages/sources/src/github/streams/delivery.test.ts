import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Config, parseConfig } from '@bellwether/core';
import {
  addDeploymentStatus,
  closeIssue,
  createDeployment,
  deleteTag,
  expectedRows,
  generateWorld,
  labelIssue,
  noLimits,
  rerun,
  type SimulatedGitHub,
  startGitHub,
  type World,
  writeRepositories,
} from '@bellwether/simulator';
import { truncations } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestWarehouse, readAll, type TestWarehouse } from '../../testing/test-warehouse.ts';
import { collectGitHub, type CollectGitHubResult } from '../collect-github.ts';
import { differences, expectNoDifferences } from '../testing/compare-rows.ts';

const NOW = Date.parse('2026-03-02T09:00:00Z');
const HOUR_MS = 3_600_000;
const secret = 'a secret of the tests';
const mine = [
  'domain.commits',
  'domain.deployments',
  'domain.builds',
  'domain.build_jobs',
  'domain.incidents',
];

let test: TestWarehouse;
let world: World;
let github: SimulatedGitHub;
let folder: string;
let config: Config;
const clock = { at: NOW, now: () => clock.at };

beforeAll(async () => {
  test = await openTestWarehouse();
  folder = await mkdtemp(path.join(tmpdir(), 'bellwether-delivery-'));
  world = generateWorld({ seed: 7, repositories: 4, years: 0.25, now: NOW, organisation: 'acme' });
  await writeRepositories(world, path.join(folder, 'git'));
  github = await startGitHub({
    world,
    seed: 7,
    clock,
    tokens: [{ kind: 'classic', value: 'simulated-token', login: 'reader', scopes: ['repo', 'read:org'] }],
    limits: noLimits,
    gitFolder: path.join(folder, 'git'),
  });
  config = parseConfig('', 'bellwether.yaml');
});
afterAll(async () => {
  await github?.close();
  await test[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

function run(): Promise<CollectGitHubResult> {
  return collectGitHub({
    warehouse: test.warehouse,
    config: { ...config, github: { ...config.github, url: github.url } },
    secret,
    env: { GITHUB_TOKEN: 'simulated-token' },
    organisations: ['acme'],
    repositories: [],
    since: null,
    reserve: null,
    mirrorRoot: path.join(folder, 'mirrors'),
    clock,
    signal: new AbortController().signal,
    wait: async () => {},
  });
}

async function expectLikeTheWorld(): Promise<void> {
  const result = await run();
  expect(result.targets.filter(({ error }) => error !== null).map(({ error }) => error)).toEqual([]);
  const all = expectedRows({ world, host: '127.0.0.1', secret, config });
  const expected = Object.fromEntries(mine.map((table) => [table, all[table] ?? []]));
  const isCompared = (table: string, row: Readonly<Record<string, unknown>>): boolean =>
    table !== 'domain.deployments' || row['signal'] === 'deployment' || row['signal'] === 'release';
  expectNoDifferences(differences(await test.dump(), expected, isCompared), 'seed 7');
}

describe('a simulated organisation', () => {
  it('is collected as it is', async () => {
    await expectLikeTheWorld();
    const dump = await test.dump();
    for (const table of mine) expect(dump[table]?.length, table).toBeGreaterThan(0);
    expect(await readAll(test.warehouse, truncations)).toEqual([]);
  });

  it('brings no row when nothing is new', async () => {
    clock.at += 8 * HOUR_MS;
    world.now = clock.at;
    const second = await run();
    const brought = second.targets.flatMap(({ streams }) => streams).filter(({ rowCount }) => rowCount > 0);
    expect(brought).toEqual([]);
  });

  it('is followed where it changes', async () => {
    const at = (clock.at += HOUR_MS);
    const creator = [...world.users.values()][0]!;
    for (const repository of world.repositories.values()) {
      const old = [...repository.deployments.values()].find(
        ({ statuses }) => statuses.at(-1)?.state === 'SUCCESS',
      );
      if (old) addDeploymentStatus(world, old, 'INACTIVE', creator.id, at);
      const commitSha = repository.branches.get(repository.defaultBranch)!;
      createDeployment(
        world,
        repository,
        { commitSha, ref: repository.defaultBranch, environment: 'production', creator },
        at,
      );
      // GitHub lets a run be run again for 30 days.
      const failed = [...repository.workflowRuns.values()].find(
        ({ attempts, createdAt }) =>
          attempts.at(-1)?.conclusion === 'failure' && createdAt > at - 30 * 24 * HOUR_MS,
      );
      if (failed) rerun(world, failed, at);
      const [issue] = repository.issues.values();
      if (issue) labelIssue(world, issue, 'incident', at);
      const [other] = [...repository.issues.values()].filter(({ state }) => state === 'OPEN');
      if (other) closeIssue(world, other, at);
      const [tag] = repository.tags.keys();
      if (tag !== undefined && repository.releases.size === 0) deleteTag(world, repository, tag, at);
    }
    clock.at += 8 * HOUR_MS;
    world.now = clock.at;
    await expectLikeTheWorld();
  });
});
