import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Config, fixedClock } from '@bellwether/core';
import { commits, repositories, truncations } from '@bellwether/warehouse';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { collect, type CollectResult } from '../../engine/collect.ts';
import { replay } from '../../engine/replay.ts';
import { createGitSource } from '../../git/git-source.ts';
import { makeRepository, type TestRepository } from '../../git/testing/repository-builder.ts';
import { type Dump, openTestWarehouse, readAll, type TestWarehouse } from '../../testing/test-warehouse.ts';
import { mortalWarehouse } from '../../testing/watched-warehouse.ts';
import type { GitHubTarget } from '../session.ts';
import { FakeApi, pageOf } from '../testing/fake-api.ts';
import { defaultConfig, hintOf, sessionOf, sourceOf } from '../testing/fake-session.ts';
import { commitStream } from './commits.ts';
import { tagStream } from './tags.ts';

const repo = 'github.com/acme/app';
const clock = fixedClock(Date.parse('2026-06-01T00:00:00Z'));
const ada = { name: 'Ada Lovelace', email: 'ada@example.org' };
const bot = { name: 'renovate[bot]', email: '29139614+renovate[bot]@users.noreply.github.com' };

let test: TestWarehouse;
let origin: TestRepository;
let mirrors: string;
let pushes = 0;
beforeAll(async () => {
  test = await openTestWarehouse();
});
beforeEach(async () => {
  mirrors = await mkdtemp(path.join(tmpdir(), 'bellwether-mirrors-'));
  origin = await makeRepository({
    origin: 'https://github.com/acme/app.git',
    commits: [
      { id: 'a', author: ada, message: 'Begin\n\nWith a body.' },
      { id: 'b', author: bot, message: 'Update dependencies (#7)' },
      { id: 'work', branch: 'work', parents: ['a'], author: ada },
      {
        id: 'm',
        parents: ['b', 'work'],
        author: ada,
        message: 'Merge pull request #8 from ada/work\n\nNearly there',
      },
      {
        id: 'r',
        author: ada,
        message: 'Revert "Update dependencies (#7)"\n\nThis reverts commit 0123456789.',
      },
    ],
    tags: [{ name: 'v1.0.0', target: 'm', at: '2026-02-01T00:00:00Z' }],
  });
  await origin.git('config', 'uploadpack.allowFilter', 'true');
});
afterEach(async () => {
  await test.clear();
  await origin.dispose();
  await rm(mirrors, { recursive: true, force: true });
});
afterAll(() => Promise.resolve(test[Symbol.asyncDispose]()));

const configOf = (mode: Config['github']['commits'], git: Partial<Config['git']> = {}): Config => ({
  ...defaultConfig,
  github: { ...defaultConfig.github, commits: mode },
  git: { ...defaultConfig.git, ...git },
});

/** GitHub as the repository on disk would look there. */
function github(): FakeApi {
  return new FakeApi({
    git: { gitUrl: () => `file://${origin.path}`, gitCredentials: () => Promise.resolve(null) },
    queries: {
      'commit-history': () => {
        throw new Error('read from the mirror instead');
      },
    },
  });
}

/** The same by queries: git's own log, in its order, as GitHub words it. */
async function githubApi(pageSize = 2): Promise<FakeApi> {
  const format = ['%H', '%P', '%an', '%ae', '%aI', '%cI', '%B'].join('%x00');
  const logs = new Map<string, object[]>();
  for (const head of (await origin.git('rev-list', '--all')).split('\n')) {
    const text = await origin.git('log', '-z', `--format=${format}%x01`, head);
    const list = text.split('\x01').filter((entry) => entry.replace('\0', '') !== '');
    logs.set(
      head,
      list.map((entry) => {
        const [oid, parents = '', name, email, authoredDate, committedDate, message = ''] = entry
          .replace(/^\0/, '')
          .split('\0');
        const shas = parents.split(' ').filter((sha) => sha !== '');
        return {
          oid,
          message: message.trimEnd(),
          authoredDate,
          committedDate,
          author: { name, email },
          parents: { totalCount: shas.length, nodes: shas.map((sha) => ({ oid: sha })) },
        };
      }),
    );
  }
  return new FakeApi({
    queries: {
      'commit-history': (variables) => {
        const log = logs.get(String(variables['head']));
        const history = log && { history: pageOf(log, { ...variables, first: pageSize }) };
        return { repository: { object: history ?? null } };
      },
      tags: () => ({ repository: { refs: pageOf([], { first: 100 }) } }),
    },
  });
}

async function hint(): Promise<NonNullable<GitHubTarget['hint']>> {
  return hintOf({ headSha: await origin.git('rev-parse', 'main'), pushedAt: ++pushes });
}

interface Run {
  readonly api: FakeApi;
  readonly config?: Config;
  readonly hint?: GitHubTarget['hint'];
  readonly warehouse?: TestWarehouse['warehouse'];
}

async function collectGitHub(run: Run): Promise<CollectResult> {
  return collect({
    source: sourceOf(commitStream, tagStream),
    warehouse: run.warehouse ?? test.warehouse,
    targets: [sessionOf({ api: run.api, mirrorFolder: mirrors, hint: run.hint ?? (await hint()) })],
    config: run.config ?? configOf('auto'),
    secret: 'a secret of the tests',
    clock,
    retry: { sleep: async () => {}, random: () => 0 },
  });
}

async function collectClone(config: Config): Promise<CollectResult> {
  return collect({
    source: createGitSource({ batchRows: 3 }),
    warehouse: test.warehouse,
    targets: [{ path: origin.path }],
    config,
    secret: 'a secret of the tests',
    clock,
    retry: { sleep: async () => {}, random: () => 0 },
  });
}

/** What discovery's own stream stores; the tests of it are elsewhere. */
async function knowRepository(): Promise<void> {
  const [stored] = await readAll(test.warehouse, repositories);
  await test.warehouse.insert(repositories, [
    {
      repo,
      default_branch: 'main',
      head_sha: await origin.git('rev-parse', 'main'),
      is_shallow: false,
      has_paths: stored?.has_paths ?? false,
      repo_id: 'github.com:R_1',
      visibility: 'private',
      is_fork: false,
      is_archived: false,
      is_gone: false,
      created_at: 1000,
      pushed_at: 2000,
      primary_language: 'Rust',
    },
  ]);
}

function expectGood(result: CollectResult): void {
  expect(result.targets.map(({ error }) => error)).toEqual([null]);
}

/** Of a process that is killed nothing is heard, or not even that. */
async function killed(work: Promise<unknown>): Promise<void> {
  await Promise.allSettled([work]);
}

const shas = async (): Promise<string[]> =>
  (await readAll(test.warehouse, commits)).map(({ sha }) => sha).sort();
const reachable = async (...refs: string[]): Promise<string[]> =>
  (await origin.git('rev-list', ...refs)).split('\n').sort();

describe('from a mirror', () => {
  it('gives the rows that a clone gives, but for the files', async () => {
    expectGood(await collectClone(configOf('off', { paths: 'off' })));
    const { 'domain.repositories': _, ...clone } = await test.dump();
    await test.clear();
    expectGood(await collectGitHub({ api: github() }));
    const { 'domain.repositories': __, ...mirror } = await test.dump();
    expect(mirror).toEqual(clone);
  });

  it('asks nothing when nothing was pushed', async () => {
    const api = github();
    const seen = await hint();
    expectGood(await collectGitHub({ api, hint: seen }));
    const again = await collectGitHub({ api, hint: seen });
    expect(again.targets[0]?.streams.map(({ status }) => status)).toEqual(['current', 'current']);
  });

  it('removes what a rewritten branch no longer reaches', async () => {
    expectGood(await collectGitHub({ api: github() }));
    await origin.add({ commits: [{ id: 'other', parents: ['b'] }] });
    await origin.git('update-ref', '-d', 'refs/heads/work');
    await origin.git('tag', '--delete', 'v1.0.0');
    expectGood(await collectGitHub({ api: github() }));
    expect(await shas()).toEqual(await reachable('main'));
  });
});

describe('by queries', () => {
  it('gives the same rows of the default branch', async () => {
    await origin.git('tag', '--delete', 'v1.0.0');
    await origin.git('update-ref', '-d', 'refs/heads/work');
    expectGood(await collectGitHub({ api: github() }));
    const mirror = await test.dump();
    await test.clear();
    expectGood(await collectGitHub({ api: await githubApi(), config: configOf('api') }));
    expect(await test.dump()).toEqual(mirror);
    expect(mirror['domain.commits']).toHaveLength(5);
  });

  it('asks only for what is new', async () => {
    const config = configOf('api');
    const first = await githubApi();
    expectGood(await collectGitHub({ api: first, config }));
    // Five commits, two a page.
    expect(first.takeCounts()['commit-history']).toBe(3);
    await origin.add({ commits: [{ id: 'next' }] });
    const second = await githubApi();
    expectGood(await collectGitHub({ api: second, config }));
    expect(second.takeCounts()['commit-history']).toBe(1);
    expect(await shas()).toEqual(await reachable('main'));
  });

  it('notices a rewritten default branch', async () => {
    const config = configOf('api');
    expectGood(await collectGitHub({ api: await githubApi(), config }));
    await origin.add({ commits: [{ id: 'x', parents: ['b'] }, { id: 'y' }, { id: 'z' }] });
    expectGood(await collectGitHub({ api: await githubApi(), config }));
    expect(await shas()).toEqual(await reachable('main'));
  });

  it('removes commits when the branch is set back', async () => {
    const config = configOf('api');
    expectGood(await collectGitHub({ api: await githubApi(), config }));
    await origin.git('update-ref', 'refs/heads/main', origin.sha('b'));
    const api = await githubApi();
    expectGood(await collectGitHub({ api, config }));
    expect(api.takeCounts()['commit-history']).toBeUndefined();
    expect(await shas()).toEqual(await reachable('main'));
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('comes to the same rows when killed at write %i', async (diesAt) => {
    const config = configOf('api');
    const warehouse = (): TestWarehouse['warehouse'] => mortalWarehouse(test.warehouse, diesAt);
    await killed(collectGitHub({ api: await githubApi(), config, warehouse: warehouse() }));
    await origin.add({ commits: [{ id: 'x', parents: ['b'] }] });
    await killed(collectGitHub({ api: await githubApi(), config, warehouse: warehouse() }));
    expectGood(await collectGitHub({ api: await githubApi(), config }));
    expect(await shas()).toEqual(await reachable('main'));
  });

  it('keeps neither names nor addresses nor messages, and maps what it keeps again', async () => {
    const config = configOf('api');
    expectGood(await collectGitHub({ api: await githubApi(), config }));
    const before = await test.dump();
    const payloads = await test.warehouse.query<{ payload: string }>(
      `SELECT payload FROM raw.records FINAL WHERE stream = 'commits'`,
    );
    expect(payloads).toHaveLength(5);
    const text = JSON.stringify(payloads);
    for (const secret of ['Ada', 'example.org', 'renovate', 'With a body', 'ada/work']) {
      expect(text).not.toContain(secret);
    }
    await test.warehouse.command('TRUNCATE TABLE domain.commits');
    const source = sourceOf(commitStream);
    await replay({ warehouse: test.warehouse, source, config, secret: 'a secret of the tests', clock });
    expect(await test.dump()).toEqual(before);
  });

  it('stands in where the token may not fetch, and says so where the mirror was demanded', async () => {
    const refusing = await githubApi();
    const api = new FakeApi({
      queries: {
        'commit-history': (variables) => {
          refusing.calls.push({ name: 'commit-history', variables });
          return { repository: { object: null } };
        },
        tags: () => ({ repository: { refs: pageOf([], { first: 100 }) } }),
      },
      git: { gitUrl: () => `file://${origin.path}-not-there`, gitCredentials: () => Promise.resolve(null) },
    });
    expectGood(await collectGitHub({ api }));
    expect(refusing.takeCounts()).toEqual({ 'commit-history': 1 });
    const demanded = await collectGitHub({ api, config: configOf('mirror') });
    expect(demanded.targets[0]?.error).toMatchObject({ code: 'mirror-refused' });
  });
});

describe('a repository that is a clone and at GitHub', () => {
  const config = configOf('auto');
  const steps: Record<string, () => Promise<void>> = {
    git: async () => expectGood(await collectClone(config)),
    github: async () => {
      await knowRepository();
      expectGood(await collectGitHub({ api: github() }));
    },
  };
  const both = async (...order: string[]): Promise<Dump> => {
    await test.clear();
    for (const step of order) await steps[step]!();
    return test.dump();
  };

  it('is the same whichever came first, with the files that the clone has', async () => {
    const one = await both('git', 'github');
    expect(await both('github', 'git')).toEqual(one);
    expect(await both('git', 'github', 'git', 'github')).toEqual(one);
    expect(one['domain.commits']).toHaveLength(5);
    expect(one['domain.commits']!.every((row) => 'has_paths' in row && row.has_paths)).toBe(true);
    expect(one['domain.repositories']).toMatchObject([{ repo_id: 'github.com:R_1', has_paths: true }]);
    expect(one['domain.deployments']).toHaveLength(1);
  });

  it('keeps what only the clone holds, and follows GitHub in what it no longer has', async () => {
    await both('git', 'github');
    await origin.add({ commits: [{ id: 'other', parents: ['b'] }] });
    await origin.git('update-ref', '-d', 'refs/heads/work');
    await origin.git('tag', '--delete', 'v1.0.0');
    await steps['git']!();
    expect(await shas()).toHaveLength(6);
    await steps['github']!();
    expect(await shas()).toEqual(await reachable('main'));
  });

  it('is one repository when the clone spells its name otherwise', async () => {
    await both('github');
    const repo_id = 'github.com:R_1';
    const { repositoryAliases } = await import('@bellwether/warehouse');
    await test.warehouse.insert(repositoryAliases, [
      { repo_id, repo, is_current: true },
      { repo_id, repo: 'github.com/acme/old-name', is_current: false },
    ]);
    for (const url of ['https://github.com/Acme/App.git', 'git@github.com:acme/old-name.git']) {
      await origin.git('config', 'remote.origin.url', url);
      expect((await collectClone(config)).targets[0]?.repo).toBe(repo);
    }
    expect((await readAll(test.warehouse, repositories)).map((row) => row.repo)).toEqual([repo]);
  });

  it('tells no gap of a shallow clone: GitHub has the rest', async () => {
    const shallow = origin.beside('shallow');
    await origin.git('clone', '--quiet', '--depth=1', `file://${origin.path}`, shallow);
    const collectShallow = async () =>
      collect({
        source: createGitSource({ batchRows: 3 }),
        warehouse: test.warehouse,
        targets: [{ path: shallow, repo }],
        config,
        secret: 'a secret of the tests',
        clock,
      });
    expectGood(await collectShallow());
    expect(await readAll(test.warehouse, truncations)).toMatchObject([{ reason: 'shallow-history' }]);
    await steps['github']!();
    expect(await readAll(test.warehouse, truncations)).toEqual([]);
    const one = await test.dump();
    await test.clear();
    await steps['github']!();
    expectGood(await collectShallow());
    expect(await test.dump()).toEqual(one);
  });
});
