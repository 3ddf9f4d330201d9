import { rename } from 'node:fs/promises';
import { fixedClock } from '@bellwether/core';
import { commits, deployments, identities, people, repositories } from '@bellwether/warehouse';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readAll } from '../testing/test-warehouse.ts';
import { describeClone } from './describe-clone.ts';
import { GitCollector } from './testing/git-collector.ts';
import { makeRepository, runGit, type TestRepository } from './testing/repository-builder.ts';

let git: GitCollector;
beforeAll(async () => {
  git = await GitCollector.open();
});
afterEach(() => git.test.clear());
afterAll(() => git.close());

const rows = {
  commits: () => readAll(git.test.warehouse, commits),
  deployments: () => readAll(git.test.warehouse, deployments),
  identities: () => readAll(git.test.warehouse, identities),
  people: () => readAll(git.test.warehouse, people),
  repositories: () => readAll(git.test.warehouse, repositories),
};

const ada = { name: 'Ada Lovelace', email: 'ada@example.org' };

describe('a repository', () => {
  it('becomes commits, people, deployments and itself', async () => {
    await using repository = await makeRepository({
      origin: 'https://github.com/acme/app',
      commits: [
        { id: 'one', author: ada, files: { 'a.txt': '1' } },
        {
          id: 'two',
          message: 'Change (#7)',
          at: '2026-01-06T08:00:00Z',
          committedAt: '2026-01-07T08:00:00Z',
        },
      ],
      tags: [
        { name: 'v1.0.0', target: 'two', at: '2026-01-08T00:00:00Z' },
        { name: 'v0.9.0', target: 'one' },
      ],
    });
    expect(await git.one({ path: repository.path })).toMatchObject({
      status: 'ok',
      repo: 'github.com/acme/app',
    });
    expect(await rows.repositories()).toEqual([
      {
        repo: 'github.com/acme/app',
        default_branch: 'main',
        head_sha: repository.sha('two'),
        is_shallow: false,
        has_paths: true,
        repo_id: '',
        visibility: '',
        is_fork: false,
        is_archived: false,
        is_gone: false,
        created_at: null,
        pushed_at: null,
        primary_language: '',
      },
    ]);
    const byId = new Map((await rows.commits()).map((row) => [row.sha, row]));
    expect(byId.get(repository.sha('one'))).toMatchObject({ parents: [], has_paths: true, paths: ['a.txt'] });
    expect(byId.get(repository.sha('two'))).toMatchObject({
      parents: [repository.sha('one')],
      number: 7,
      authored_at: Date.parse('2026-01-06T08:00:00Z'),
      committed_at: Date.parse('2026-01-07T08:00:00Z'),
    });
    expect(await rows.deployments()).toMatchObject([
      { ref: 'v0.9.0', finished_at: Date.parse('2026-01-05T09:00:00Z'), finished_at_is_exact: false },
      { ref: 'v1.0.0', finished_at: Date.parse('2026-01-08T00:00:00Z'), finished_at_is_exact: true },
    ]);
    expect((await rows.identities()).map(({ name }) => name).sort()).toEqual([
      'Ada Lovelace',
      'Robin Example',
    ]);
    expect(await rows.people()).toHaveLength(2);
  });

  it('is read again only as far as it is new', async () => {
    await using repository = await makeRepository({ commits: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] });
    await git.one({ path: repository.path });
    await repository.add({ commits: [{ id: 'd' }] });
    const { streams } = await git.one({ path: repository.path });
    expect(streams).toMatchObject([
      { name: 'repository', rowCount: 1 },
      { name: 'commits', rowCount: 1 },
      { name: 'tags', rowCount: 0 },
    ]);
    expect(await rows.commits()).toHaveLength(4);
  });

  it('is read anew when the settings that decide its rows change, and only then', async () => {
    await using repository = await makeRepository({ commits: [{ id: 'a', author: ada }, { id: 'b' }] });
    await git.one({ path: repository.path });
    const botToo = 'bots: ["ada*"]';
    expect((await git.one({ path: repository.path }, { yaml: botToo })).rowCount).toBeGreaterThan(0);
    expect((await rows.commits()).map(({ author_is_bot }) => author_is_bot).sort()).toEqual([false, true]);
    expect((await rows.people()).map(({ is_bot }) => is_bot).sort()).toEqual([false, true]);
    expect((await git.one({ path: repository.path }, { yaml: botToo })).rowCount).toBe(0);
    const withoutPaths = `${botToo}\ngit: { paths: off }`;
    await git.one({ path: repository.path }, { yaml: withoutPaths });
    expect((await rows.commits()).map(({ has_paths }) => has_paths)).toEqual([false, false]);
    expect(await rows.repositories()).toMatchObject([{ has_paths: false }]);
  });

  it('is read again when a date that lay in the future can be believed', async () => {
    const later = '2026-07-01T00:00:00Z';
    await using repository = await makeRepository({
      commits: [{ id: 'a' }, { id: 'b', at: later }],
      tags: [{ name: 'v1.0.0', target: 'a', at: later }],
    });
    const clock = fixedClock(Date.parse('2026-06-01T00:00:00Z'));
    await git.one({ path: repository.path }, { clock });
    expect((await rows.commits()).map(({ authored_at }) => authored_at)).toContain(null);
    expect(await rows.deployments()).toMatchObject([{ finished_at: null, is_counted: false }]);
    clock.set(Date.parse('2026-06-29T00:00:00Z'));
    expect((await git.one({ path: repository.path }, { clock })).rowCount).toBe(0);
    clock.set(Date.parse('2026-06-30T00:00:00Z'));
    await git.one({ path: repository.path }, { clock });
    expect((await rows.commits()).map(({ authored_at }) => authored_at)).not.toContain(null);
    expect(await rows.deployments()).toMatchObject([{ finished_at: Date.parse(later), is_counted: true }]);
    clock.set(Date.parse('2027-06-30T00:00:00Z'));
    expect((await git.one({ path: repository.path }, { clock })).rowCount).toBe(0);
  });

  it('may be empty, and filled later', async () => {
    await using repository = await makeRepository({ defaultBranch: 'trunk' });
    expect(await git.one({ path: repository.path })).toMatchObject({ status: 'ok' });
    expect(await rows.repositories()).toMatchObject([
      { default_branch: 'trunk', head_sha: null, has_paths: false },
    ]);
    await repository.add({ commits: [{ id: 'a', branch: 'trunk' }] });
    await git.one({ path: repository.path });
    expect(await rows.repositories()).toMatchObject([{ head_sha: repository.sha('a'), has_paths: true }]);
  });

  it('of SHA-256 is read like any other', async () => {
    await using repository = await makeRepository();
    const path = repository.beside('sha256');
    await runGit(repository.path, ['init', '-q', '--object-format=sha256', '--initial-branch=main', path]);
    await runGit(path, ['commit', '-q', '--allow-empty', '-m', 'First']);
    await runGit(path, ['tag', '-a', '-m', 'x', 'v1.0.0']);
    expect(await git.one({ path })).toMatchObject({ status: 'ok' });
    expect((await rows.commits())[0]!.sha).toMatch(/^[0-9a-f]{64}$/);
    expect(await rows.deployments()).toMatchObject([{ sha: (await rows.commits())[0]!.sha }]);
  });
});

describe('what belongs to the history', () => {
  it('is whatever branches, remote branches, tags and HEAD reach, and no stash, note or unmerged pull request', async () => {
    await using repository = await makeRepository({
      commits: [
        { id: 'main' },
        ...['remote', 'tagged', 'head', 'stash', 'note', 'pull'].map((id) => ({
          id,
          branch: id,
          parents: ['main'],
        })),
      ],
      tags: [{ name: 'v1.0.0', target: 'tagged' }],
    });
    const refs = { remote: 'remotes/origin/x', stash: 'stash', note: 'notes/commits', pull: 'pull/1/head' };
    for (const [id, ref] of Object.entries(refs)) {
      await repository.git('update-ref', `refs/${ref}`, repository.sha(id));
    }
    await repository.git('update-ref', '--no-deref', 'HEAD', repository.sha('head'));
    for (const id of ['remote', 'tagged', 'head', 'stash', 'note', 'pull']) {
      await repository.git('update-ref', '-d', `refs/heads/${id}`);
    }
    await git.one({ path: repository.path });
    const expected = ['main', 'remote', 'tagged', 'head'].map((id) => repository.sha(id));
    expect((await rows.commits()).map(({ sha }) => sha).sort()).toEqual(expected.sort());
  });
});

describe('the default branch', () => {
  let repository: TestRepository;
  const head = async (): Promise<(string | null)[]> => {
    await git.test.clear();
    await git.one({ path: repository.path, repo: 'local/app' });
    const [row] = await rows.repositories();
    return [row!.default_branch, row!.head_sha];
  };
  const make = async (commitIds: Record<string, string[]>): Promise<void> => {
    const list = Object.entries(commitIds).map(([id, parents]) => ({ id, branch: id, parents }));
    repository = await makeRepository({ commits: list, defaultBranch: 'unborn' });
    for (const { id } of list) await repository.git('update-ref', '-d', `refs/heads/${id}`);
  };
  const ref = (name: string, id: string): Promise<string> =>
    repository.git('update-ref', `refs/${name}`, repository.sha(id));
  afterEach(() => repository.dispose());

  it('is what origin says, at origin’s head where the clone is behind or went its own way', async () => {
    await make({ old: [], published: ['old'], local: ['old'], further: ['published'] });
    await ref('remotes/origin/develop', 'published');
    await repository.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/develop');
    await ref('heads/main', 'old');
    await repository.git('symbolic-ref', 'HEAD', 'refs/heads/main');
    expect(await head()).toEqual(['develop', repository.sha('published')]);
    await ref('heads/develop', 'old');
    expect(await head()).toEqual(['develop', repository.sha('published')]);
    await ref('heads/develop', 'local');
    expect(await head()).toEqual(['develop', repository.sha('published')]);
    await ref('heads/develop', 'further');
    expect(await head()).toEqual(['develop', repository.sha('further')]);
  });

  it('is the one that HEAD is on, else main or master, else the first by name', async () => {
    await make({ a: [], b: [], c: [] });
    await ref('heads/main', 'a');
    await ref('heads/work', 'b');
    await repository.git('symbolic-ref', 'HEAD', 'refs/heads/work');
    expect(await head()).toEqual(['work', repository.sha('b')]);
    await repository.git('symbolic-ref', 'HEAD', 'refs/heads/unborn');
    expect(await head()).toEqual(['main', repository.sha('a')]);
    await repository.git('update-ref', '-d', 'refs/heads/main');
    expect(await head()).toEqual(['work', repository.sha('b')]);
  });

  it('is unknown where HEAD is detached and no branch is there, but the head is known', async () => {
    await make({ a: [] });
    await repository.git('update-ref', '--no-deref', 'HEAD', repository.sha('a'));
    expect(await head()).toEqual(['', repository.sha('a')]);
  });

  it('passes over an origin/HEAD that points nowhere', async () => {
    await make({ a: [] });
    await repository.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/gone');
    await ref('heads/main', 'a');
    expect(await head()).toEqual(['main', repository.sha('a')]);
  });
});

describe('the identity of a repository', () => {
  it('stays when its folder moves, also when it changed meanwhile', async () => {
    await using repository = await makeRepository({ folder: 'app', commits: [{ id: 'a' }, { id: 'b' }] });
    await git.one({ path: repository.path });
    await repository.add({ commits: [{ id: 'amended', parents: ['a'] }] });
    await rename(repository.path, `${repository.path}.moved`);
    const result = await git.one({ path: `${repository.path}.moved`, repo: 'local/app' });
    expect(result).toMatchObject({ status: 'ok', repo: 'local/app' });
    expect(await rows.commits()).toHaveLength(2);
  });

  it('is not taken by another one whose folder has the same name', async () => {
    await using first = await makeRepository({ folder: 'app', commits: [{ id: 'a' }] });
    await using second = await makeRepository({ folder: 'app', commits: [{ id: 'b' }] });
    await git.one({ path: first.path });
    const before = await git.test.dump();
    const result = await git.one({ path: second.path });
    expect(result).toMatchObject({ status: 'failed', error: { code: 'repository-name-taken', exitCode: 2 } });
    expect(result.error?.next).toContain('repo: local/<name>');
    expect(await git.test.dump()).toEqual(before);
    expect(await git.one({ path: second.path, repo: 'local/app-two' })).toMatchObject({ status: 'ok' });
  });

  it('may begin anew in the same folder', async () => {
    await using repository = await makeRepository({ folder: 'app', commits: [{ id: 'a' }] });
    await git.one({ path: repository.path });
    await repository.add({ commits: [{ id: 'anew', parents: [] }] });
    await repository.forgetUnreachable();
    expect(await git.one({ path: repository.path })).toMatchObject({ status: 'ok' });
    expect((await rows.commits()).map(({ sha }) => sha)).toEqual([repository.sha('anew')]);
  });

  it('is one for two clones of one origin, so naming both is a mistake', async () => {
    const origin = 'https://github.com/acme/app';
    await using first = await makeRepository({ origin, commits: [{ id: 'a' }] });
    await using second = await makeRepository({ origin, commits: [{ id: 'b' }] });
    const result = await git.all([{ path: first.path }, { path: second.path }]);
    expect(result.status).toBe('partial');
    expect(result.targets[1]).toMatchObject({
      status: 'failed',
      error: { code: 'duplicate-repository', exitCode: 2 },
    });
  });
});

describe('what init and doctor are told', () => {
  it('is what a clone holds and which tags are releases', async () => {
    await using repository = await makeRepository({
      folder: 'app',
      commits: [{ id: 'a' }, { id: 'b' }, { id: 'c', branch: 'topic', parents: ['a'] }],
      tags: [
        { name: 'v1.0.0', target: 'a' },
        { name: 'v1.1.0', target: 'b', at: '2026-02-01' },
        { name: 'api@1.0.0', target: 'b' },
        { name: 'api@1.1.0-rc.1', target: 'b' },
        { name: 'nightly', target: 'b' },
        { name: 'v9.9.9', target: 'a' },
      ],
    });
    const tree = await repository.git('rev-parse', `${repository.sha('a')}^{tree}`);
    await repository.git('tag', '--force', 'v9.9.9', tree);
    expect(await describeClone(repository.path)).toEqual({
      repo: 'local/app',
      defaultBranch: 'main',
      headSha: repository.sha('b'),
      commitCount: 3,
      tagCount: 6,
      isBare: false,
      isShallow: false,
      isPartial: false,
      hasPaths: true,
      patterns: [
        { pattern: 'v{version}', count: 2, examples: ['v1.0.0', 'v1.1.0'] },
        { pattern: '{version}', count: 0, examples: [] },
        { pattern: '{service}@{version}', count: 2, examples: ['api@1.0.0', 'api@1.1.0-rc.1'] },
        { pattern: '{service}-v{version}', count: 0, examples: [] },
        { pattern: '{service}/v{version}', count: 0, examples: [] },
      ],
      unrecognised: ['nightly'],
      odd: [{ name: 'v9.9.9', reason: 'tag-without-commit', type: 'tree' }],
      services: [
        { service: 'app', count: 2 },
        { service: 'api', count: 1 },
      ],
    });
  });
});
