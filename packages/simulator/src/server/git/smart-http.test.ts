import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  allPermissions,
  pushToDefaultBranch,
  renameRepository,
  type SimulatedGitHub,
  type Token,
  updateRepository,
  writeRepositories,
} from '../../index.ts';
import { classicToken, startTestGitHub } from '../testing/client.ts';
import { MINUTE, openPullRequests, smallWorld, type SmallWorld, START } from '../testing/small-world.ts';

const run = promisify(execFile);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'simulator-git-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function git(...args: string[]): Promise<string> {
  const env = {
    ...process.env,
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
  };
  const { stdout } = await run('git', args, { env, cwd: folder });
  return stdout.trim();
}

async function start(
  small: SmallWorld,
  tokens: readonly Token[] = [classicToken()],
): Promise<SimulatedGitHub> {
  const gitFolder = path.join(folder, 'served');
  await writeRepositories(small.world, gitFolder);
  return startTestGitHub(small.world, { tokens, gitFolder });
}

const urlOf = ({ port }: SimulatedGitHub, name = 'shop', token = 'ghp_test'): string =>
  `http://x-access-token:${token}@127.0.0.1:${port}/acme/${name}.git`;

describe('git over smart HTTP', () => {
  it('serves a treeless bare clone, and then only what is new', async () => {
    const small = smallWorld();
    const [pullRequest] = openPullRequests(small, 3);
    const github = await start(small);
    await git('clone', '--quiet', '--bare', '--filter=tree:0', urlOf(github), 'mirror.git');
    expect(await git('-C', 'mirror.git', 'rev-parse', 'main')).toBe(small.shop.branches.get('main'));
    expect(await git('-C', 'mirror.git', 'rev-parse', 'topic-1')).toBe(pullRequest!.headSha);
    const { stdout } = await run(
      'git',
      ['-C', 'mirror.git', 'cat-file', '--batch-all-objects', '--batch-check'],
      {
        cwd: folder,
        env: { ...process.env, GIT_NO_LAZY_FETCH: '1' },
      },
    );
    // One commit on main and three on topics, and not a single tree.
    expect(stdout.match(/ commit /g)).toHaveLength(4);
    expect(stdout).not.toContain(' tree ');
    const at = START + 60 * MINUTE;
    const pushed = pushToDefaultBranch(
      small.world,
      small.shop,
      { author: small.ada, authoredAt: at, message: 'More' },
      at,
    );
    await updateRepository(small.world, small.shop, path.join(folder, 'served'));
    await git(
      '-C',
      'mirror.git',
      'fetch',
      '--quiet',
      '--filter=tree:0',
      'origin',
      '+refs/heads/*:refs/heads/*',
    );
    expect(await git('-C', 'mirror.git', 'rev-parse', 'main')).toBe(pushed.sha);
    expect(github.usage.gitRequests).toBeGreaterThan(2);
    expect(github.usage.points).toBe(0);
  });

  it('follows a renamed repository', async () => {
    const small = smallWorld();
    const github = await start(small);
    renameRepository(small.world, small.shop, 'store', START + MINUTE);
    const refs = await git('ls-remote', urlOf(github, 'shop'), 'refs/heads/main');
    expect(refs).toContain(small.shop.branches.get('main'));
  });

  it.each<[string, Token, string, RegExp]>([
    ['a wrong token', classicToken({ value: 'other' }), 'shop', /Authentication failed|could not read/],
    [
      'a token without contents',
      { kind: 'fine-grained', value: 'ghp_test', login: 'ada', permissions: { metadata: 'read' } },
      'shop',
      /not found/,
    ],
    [
      'a repository that is not there',
      { kind: 'fine-grained', value: 'ghp_test', login: 'ada', permissions: allPermissions },
      'other',
      /not found/,
    ],
  ])('refuses %s', async (_, token, name, message) => {
    const github = await start(smallWorld(), [token]);
    await expect(git('ls-remote', urlOf(github, name))).rejects.toThrow(message);
  });

  it('does not take a push', async () => {
    const github = await start(smallWorld());
    await git('clone', '--quiet', '--bare', urlOf(github), 'mirror.git');
    await expect(git('-C', 'mirror.git', 'push', urlOf(github), 'main:other')).rejects.toThrow(
      /403|denied|disabled/,
    );
  });
});
