import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { commits, deployments, repositories } from '@bellwether/warehouse';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readAll } from '../testing/test-warehouse.ts';
import { GitCollector } from './testing/git-collector.ts';
import { makeRepository, runGit, type TestRepository } from './testing/repository-builder.ts';

let git: GitCollector;
beforeAll(async () => {
  git = await GitCollector.open();
});
afterEach(() => git.test.clear());
afterAll(() => git.close());

const storedShas = async (): Promise<string[]> =>
  (await readAll(git.test.warehouse, commits)).map(({ sha }) => sha).sort();
const storedTags = async (): Promise<string[]> =>
  (await readAll(git.test.warehouse, deployments)).map(({ ref }) => ref);

/** Where git keeps an object that no pack holds. */
function fileOf(repository: TestRepository, id: string): string {
  const sha = repository.sha(id);
  return path.join(repository.path, '.git/objects', sha.slice(0, 2), sha.slice(2));
}

/** Loses an object until it is restored. */
async function lose(repository: TestRepository, id: string): Promise<{ restore: () => Promise<void> }> {
  const file = fileOf(repository, id);
  const content = await readFile(file);
  await rm(file);
  return { restore: () => writeFile(file, content) };
}

describe('odd tags', () => {
  it('are gaps with a reason, and never stop the others', async () => {
    await using repository = await makeRepository({
      folder: 'app',
      commits: [{ id: 'a' }, { id: 'b' }],
      tags: [
        { name: 'v1.0.0', target: 'a' },
        { name: 'inner', target: 'b', at: '2026-02-01T00:00:00Z' },
      ],
    });
    const tree = await repository.git('rev-parse', `${repository.sha('a')}^{tree}`);
    const blob = await runGit(repository.path, ['hash-object', '-w', '--stdin'], 'text');
    const inner = await repository.git('rev-parse', 'refs/tags/inner');
    await repository.add({
      tags: [
        { name: 'v2.0.0', target: inner, at: '2026-03-01T00:00:00Z' },
        { name: 'v3.0.0', target: tree },
        { name: 'v4.0.0', target: blob, at: '2026-03-01T00:00:00Z' },
      ],
    });
    const refs = path.join(repository.path, '.git/refs/tags');
    await writeFile(path.join(refs, 'v5.0.0'), `${'1234567890'.repeat(4)}\n`);
    await writeFile(path.join(refs, 'v6.0.0'), 'garbage\n');
    await writeFile(path.join(refs, 'v7.0.0'), '');
    const result = await git.one({ path: repository.path });
    expect(result).toMatchObject({ status: 'ok', error: null });
    expect(await readAll(git.test.warehouse, deployments)).toMatchObject([
      { ref: 'v1.0.0', sha: repository.sha('a') },
      { ref: 'v2.0.0', sha: repository.sha('b'), finished_at: Date.parse('2026-03-01T00:00:00Z') },
    ]);
    expect(await git.gaps()).toMatchObject([
      {
        entity: 'refs/tags',
        reason: 'unrecognised-tag',
        detail: expect.stringContaining('1 tag matches no pattern of git.tags: "inner"'),
      },
      {
        entity: 'refs/tags/v3.0.0',
        reason: 'tag-without-commit',
        detail: expect.stringContaining('points to a tree'),
      },
      {
        entity: 'refs/tags/v4.0.0',
        reason: 'tag-without-commit',
        detail: expect.stringContaining('points to a blob'),
      },
      { entity: 'refs/tags/v5.0.0', reason: 'unreadable-object' },
      { entity: 'refs/tags/v6.0.0', reason: 'unreadable-object' },
      { entity: 'refs/tags/v7.0.0', reason: 'unreadable-object' },
    ]);
  });

  it('are looked at again while something cannot be read', async () => {
    await using repository = await makeRepository({ commits: [{ id: 'a' }] });
    const file = path.join(repository.path, '.git/refs/tags/v1.0.0');
    await writeFile(file, 'garbage\n');
    await git.one({ path: repository.path });
    expect((await git.one({ path: repository.path })).rowCount).toBe(0);
    await writeFile(file, `${repository.sha('a')}\n`);
    await git.one({ path: repository.path });
    expect(await storedTags()).toEqual(['v1.0.0']);
    expect(await git.gaps()).toEqual([]);
  });

  it('that match no pattern are one row, safe to print', async () => {
    await using repository = await makeRepository({ commits: [{ id: 'a' }] });
    const names = ['aaa-\u202egnp', ...Array.from({ length: 30 }, (_, index) => `build-${index + 10}`)];
    for (const name of names) await repository.git('tag', name, repository.sha('a'));
    await git.one({ path: repository.path });
    expect(await git.gaps()).toEqual([
      {
        stream: 'tags',
        entity: 'refs/tags',
        reason: 'unrecognised-tag',
        detail:
          '31 tags match no pattern of git.tags: "aaa- gnp", "build-10", "build-11", "build-12", "build-13" and others. ' +
          'Add a pattern to bellwether.yaml if they are releases.',
      },
    ]);
  });

  it('may have names that are no UTF-8', async () => {
    await using repository = await makeRepository({ commits: [{ id: 'a' }] });
    const packed = ['\xff', '\xfe']
      .map((byte) => `${repository.sha('a')} refs/tags/${byte}@1.0.0\n`)
      .join('');
    await writeFile(path.join(repository.path, '.git/packed-refs'), Buffer.from(packed, 'latin1'));
    expect(await git.one({ path: repository.path })).toMatchObject({ status: 'ok' });
    expect(await storedTags()).toEqual([String.raw`\xfe@1.0.0`, String.raw`\xff@1.0.0`]);
  });
});

describe('a damaged repository', () => {
  it('fails in the middle, keeps what could be read and goes on when it is mended', async () => {
    await using repository = await makeRepository({
      folder: 'app',
      commits: Array.from({ length: 12 }, (_, index) => ({ id: `c${index}` })),
      tags: [{ name: 'v1.0.0', target: 'c11' }],
    });
    const lost = await lose(repository, 'c3');
    const result = await git.one({ path: repository.path });
    expect(result).toMatchObject({
      status: 'partial',
      error: { code: 'repository-corrupt', retry: 'no', exitCode: 1 },
    });
    expect(result.error?.next).toContain('fsck');
    expect(result.streams).toMatchObject([{ status: 'ok' }, { status: 'failed' }, { status: 'ok' }]);
    expect(await storedTags()).toEqual(['v1.0.0']);
    await lost.restore();
    expect(await git.one({ path: repository.path })).toMatchObject({ status: 'ok' });
    expect(await storedShas()).toHaveLength(12);
  });

  it('keeps what a damaged branch reached, and says which branch it is', async () => {
    await using repository = await makeRepository({
      commits: [{ id: 'a' }, { id: 'b' }, { id: 'topic', branch: 'topic', parents: ['a'] }],
    });
    await git.one({ path: repository.path });
    const lost = await lose(repository, 'topic');
    await repository.add({ commits: [{ id: 'c' }] });
    expect(await git.one({ path: repository.path })).toMatchObject({ status: 'ok' });
    expect(await storedShas()).toHaveLength(4);
    expect(await git.gaps()).toMatchObject([
      { stream: 'commits', entity: 'refs/heads/topic', reason: 'unreadable-object' },
    ]);
    await lost.restore();
    await git.one({ path: repository.path });
    expect(await git.gaps()).toEqual([]);
    await repository.git('branch', '-D', 'topic');
    await git.one({ path: repository.path });
    expect(await storedShas()).toEqual(['a', 'b', 'c'].map((id) => repository.sha(id)).sort());
  });

  it('is an error when nothing of it can be read', async () => {
    await using repository = await makeRepository({ commits: [{ id: 'a' }] });
    await rm(fileOf(repository, 'a'));
    await writeFile(fileOf(repository, 'a'), 'no object');
    const result = await git.one({ path: repository.path });
    expect(result).toMatchObject({ status: 'partial', error: { code: 'repository-corrupt' } });
    expect(await git.gaps()).toMatchObject([{ entity: 'HEAD' }, { entity: 'refs/heads/main' }]);
    expect(await readAll(git.test.warehouse, repositories)).toMatchObject([{ head_sha: null }]);
  });
});

describe('a shallow clone', () => {
  it('is collected as far as it goes, with the gap marked, and in full once it is complete', async () => {
    await using repository = await makeRepository({
      commits: [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
      tags: [{ name: 'v1.0.0', target: 'a' }],
    });
    const clone = repository.beside('shallow');
    await runGit(repository.path, ['clone', '-q', '--depth=2', `file://${repository.path}`, clone]);
    const warnings: string[] = [];
    const talk = {
      info: () => {},
      progress: () => {},
      warn: (message: string) => void warnings.push(message),
    };
    await git.one({ path: clone }, { talk });
    expect(warnings).toMatchObject([expect.stringContaining('git fetch --unshallow')]);
    expect(await git.gaps()).toMatchObject([
      {
        stream: 'repository',
        entity: 'history',
        reason: 'shallow-history',
        detail: expect.stringContaining('cut at 1 commit'),
      },
    ]);
    expect(await readAll(git.test.warehouse, repositories)).toMatchObject([{ is_shallow: true }]);
    const stored = await readAll(git.test.warehouse, commits);
    expect(stored.find(({ sha }) => sha === repository.sha('b'))).toMatchObject({ parents: [] });

    await runGit(clone, ['fetch', '-q', '--unshallow', '--tags']);
    await git.one({ path: clone });
    expect(await git.gaps()).toEqual([]);
    const whole = await readAll(git.test.warehouse, commits);
    expect(whole.find(({ sha }) => sha === repository.sha('b'))).toMatchObject({
      parents: [repository.sha('a')],
    });
    expect(await storedTags()).toEqual(['v1.0.0']);
  });
});

describe('a partial clone', () => {
  const partial = async (repository: TestRepository, filter: string): Promise<string> => {
    const clone = repository.beside(filter.replace(':', '-'));
    await repository.git('config', 'uploadpack.allowFilter', 'true');
    await runGit(repository.path, [
      'clone',
      '-q',
      '--no-checkout',
      `--filter=${filter}`,
      `file://${repository.path}`,
      clone,
    ]);
    return clone;
  };

  it('without trees is collected without paths, and refuses to be asked for them', async () => {
    await using repository = await makeRepository({ commits: [{ id: 'a' }, { id: 'b' }] });
    const clone = await partial(repository, 'tree:0');
    expect(await git.one({ path: clone })).toMatchObject({ status: 'ok' });
    expect(await readAll(git.test.warehouse, commits)).toMatchObject([
      { has_paths: false },
      { has_paths: false },
    ]);
    const before = await git.test.dump();
    const refused = await git.one({ path: clone }, { yaml: 'git: { paths: on }' });
    expect(refused).toMatchObject({ status: 'failed', error: { code: 'paths-need-trees', exitCode: 2 } });
    expect(await git.test.dump()).toEqual(before);
  });

  it('without contents has its trees, and so its paths', async () => {
    await using repository = await makeRepository({ commits: [{ id: 'a' }, { id: 'b' }] });
    const clone = await partial(repository, 'blob:none');
    expect(await git.one({ path: clone })).toMatchObject({ status: 'ok' });
    expect(await readAll(git.test.warehouse, commits)).toMatchObject([
      { has_paths: true },
      { has_paths: true },
    ]);
  });

  it('is not believed to touch no files when its history had them left out', async () => {
    await using repository = await makeRepository({
      commits: [
        { id: 'a', files: {} },
        { id: 'b', files: {} },
      ],
    });
    await git.one({ path: repository.path });
    expect(await readAll(git.test.warehouse, commits)).toMatchObject([
      { has_paths: false },
      { has_paths: false },
    ]);
  });
});

describe('dates that nobody can believe', () => {
  it('are null, and the commit stays', async () => {
    await using repository = await makeRepository({ commits: [{ id: 'a' }] });
    const tree = await repository.git('rev-parse', `${repository.sha('a')}^{tree}`);
    const dates = ['-5', '0', '99999999999', '18446744073709551616', 'abc', ''];
    for (const [index, date] of dates.entries()) {
      const text = `tree ${tree}\nauthor A <a@example.org> ${date} +0000\ncommitter A <a@example.org> ${date} +0000\n\n${index}\n`;
      const sha = await runGit(
        repository.path,
        ['hash-object', '-t', 'commit', '-w', '--stdin', '--literally'],
        text,
      );
      await repository.git('update-ref', `refs/heads/odd-${index}`, sha);
      await repository.git('update-ref', `refs/tags/v1.0.${index}`, sha);
    }
    expect(await git.one({ path: repository.path })).toMatchObject({ status: 'ok' });
    const odd = (await readAll(git.test.warehouse, commits)).filter(({ sha }) => sha !== repository.sha('a'));
    expect(odd).toHaveLength(dates.length);
    for (const row of odd) expect(row).toMatchObject({ authored_at: null, committed_at: null });
    for (const row of await readAll(git.test.warehouse, deployments)) {
      expect(row).toMatchObject({ finished_at: null, is_counted: false });
    }
    expect(await storedTags()).toHaveLength(dates.length);
  });
});
