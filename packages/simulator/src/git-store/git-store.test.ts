import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { emptyWorld } from '../world/empty-world.ts';
import { generateWorld } from '../world/generate-world.ts';
import type { Repository, World } from '../world/model.ts';
import { addRepository } from '../world/mutations/repositories.ts';
import { seededRandom } from '../world/random.ts';
import { mutateWorld } from '../world/random-changes/mutate-world.ts';
import { repositoryFolder, updateRepository, writeRepositories } from './git-store.ts';
import { references } from './references.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'simulator-git-'));
afterAll(() => rmSync(folder, { recursive: true }));

const options = { seed: 5, repositories: 4, years: 0.4, now: Date.UTC(2026, 4, 4) };

function git(repository: Repository, ...args: string[]): string {
  return execFileSync('git', args, {
    cwd: repositoryFolder(folder, repository),
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' },
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1e9,
  });
}

/** What the refs reach, by walking the model's own parents. */
function reachable(repository: Repository): string[] {
  const found = new Set<string>();
  const left = [...references(repository).values()].map(({ sha, peeled }) => peeled ?? sha);
  for (let sha = left.pop(); sha !== undefined; sha = left.pop()) {
    if (found.has(sha)) continue;
    found.add(sha);
    left.push(...repository.commits.get(sha)!.parents);
  }
  return [...found].sort();
}

function alive(world: World): Repository[] {
  return [...world.repositories.values()].filter(({ isDeleted }) => !isDeleted);
}

function expectAgreement(repository: Repository): void {
  expect(git(repository, 'fsck', '--strict', '--no-dangling', '--connectivity-only')).toBe('');
  expect(git(repository, 'fsck', '--strict', '--no-dangling')).toBe('');
  expect(git(repository, 'rev-list', '--all').trim().split('\n').sort()).toEqual(reachable(repository));
  const listed = git(repository, 'for-each-ref', '--format=%(objectname) %(refname)').trim().split('\n');
  const expected = [...references(repository)].map(([name, { sha }]) => `${sha} ${name}`);
  expect(listed.sort()).toEqual(expected.sort());
}

describe('a stored world', () => {
  it('is what git itself reads, object by object', { timeout: 120_000 }, async () => {
    const world = generateWorld(options);
    await writeRepositories(world, folder);
    expect(alive(world)).toHaveLength(4);
    for (const repository of alive(world)) expectAgreement(repository);

    const [first] = alive(world);
    const log = git(first!, 'log', '--all', '--format=%H%x00%an%x00%ae%x00%at%x00%ct%x00%T%x00%P%x00%B%x01');
    const entries = log.split('\x01\n').filter((entry) => entry !== '');
    expect(entries.length).toBe(reachable(first!).length);
    for (const entry of entries) {
      const [sha, name, email, authored, committed, tree, parents, message] = entry.split('\0');
      const commit = first!.commits.get(sha!)!;
      expect([name, email, tree, parents, message!.trimEnd()]).toEqual([
        commit.authorName,
        commit.authorEmail,
        commit.treeSha,
        commit.parents.join(' '),
        commit.message,
      ]);
      expect([Number(authored) * 1000, Number(committed) * 1000]).toEqual([
        commit.authoredAt,
        commit.committedAt,
      ]);
    }
    expect(git(first!, 'show', `${first!.defaultBranch}:README.md`)).toBe(first!.files.get('README.md'));
  });

  it('stays what git reads while the world changes', { timeout: 120_000 }, async () => {
    // Over the world of another seed, of which nothing may stay.
    await writeRepositories(generateWorld(options), folder);
    const world = generateWorld({ ...options, seed: 6 });
    await writeRepositories(world, folder);
    for (const repository of alive(world)) expectAgreement(repository);
    const random = seededRandom('changes');
    for (let round = 1; round <= 3; round++) {
      for (let index = 0; index < 120; index++) mutateWorld(world, random, world.now + 60_000);
      for (const repository of alive(world)) await updateRepository(world, repository, folder);
      for (const repository of alive(world)) expectAgreement(repository);
    }
  });

  it('can be cloned without its trees, and at the branch that is its default', async () => {
    const world = generateWorld(options);
    const repository = alive(world).find(({ pullRequests }) => pullRequests.size > 0)!;
    await updateRepository(world, repository, folder);
    const clone = path.join(folder, 'clone.git');
    const url = `file://${repositoryFolder(folder, repository)}`;
    git(repository, 'clone', '--quiet', '--bare', '--filter=tree:0', url, clone);
    const head = git(repository, '-C', clone, 'rev-parse', 'HEAD').trim();
    expect(head).toBe(repository.branches.get(repository.defaultBranch));
  });

  it('may be empty', async () => {
    const world = emptyWorld({ seed: 1, now: options.now });
    const repository = addRepository(world, { name: 'nothing-yet' }, options.now);
    await writeRepositories(world, folder);
    expect(git(repository, 'for-each-ref')).toBe('');
    expect(git(repository, 'symbolic-ref', 'HEAD').trim()).toBe('refs/heads/main');
  });

  it('says so when git does not accept it', async () => {
    const world = generateWorld({ ...options, seed: 8 });
    const [repository] = alive(world);
    const [first] = repository!.commits.keys();
    repository!.commits.delete(first!);
    const elsewhere = path.join(folder, 'broken');
    await expect(updateRepository(world, repository!, elsewhere)).rejects.toMatchObject({
      name: 'BellwetherError',
      code: 'simulator-git-refused',
      retry: 'no',
    });
  });
});
