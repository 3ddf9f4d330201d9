import { chmod, chown, mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { BellwetherError, exitCodes } from '@bellwether/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Clone, openClone } from './clone.ts';
import { gitError } from './git-errors.ts';
import {
  makeRepository,
  runGit,
  type TestRepository,
  testGitEnvironment,
} from './testing/repository-builder.ts';

const signal = new AbortController().signal;
const open = (folder: string, executable?: string): Promise<Clone> =>
  openClone(folder, { signal, executable });

let repository: TestRepository;
beforeAll(async () => {
  repository = await makeRepository({
    folder: 'app',
    origin: 'git@github.com:acme/app.git',
    commits: [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
  });
  await repository.git('config', 'uploadpack.allowFilter', 'true');
});
afterAll(() => repository.dispose());

describe('a clone', () => {
  it('is found from itself, from a folder within it and from its git folder', async () => {
    await mkdir(path.join(repository.path, 'some/folder'), { recursive: true });
    for (const folder of ['', 'some/folder', '.git']) {
      const clone = await open(path.join(repository.path, folder));
      expect(clone).toMatchObject({
        ownName: 'github.com/acme/app',
        commonDir: path.join(repository.path, '.git'),
        boundary: [],
        filter: null,
        isBare: false,
      });
    }
  });

  it('is the same repository in a linked worktree', async () => {
    const worktree = repository.beside('other-name');
    await repository.git('worktree', 'add', '-q', '--detach', worktree);
    expect(await open(worktree)).toMatchObject({
      ownName: 'github.com/acme/app',
      commonDir: path.join(repository.path, '.git'),
    });
  });

  it('may be bare, partial or shallow, and is called after its folder where origin is a folder', async () => {
    const bare = repository.beside('bare.git');
    await runGit(repository.path, [
      'clone',
      '-q',
      '--mirror',
      '--filter=tree:0',
      `file://${repository.path}`,
      bare,
    ]);
    expect(await open(bare)).toMatchObject({
      isBare: true,
      filter: 'tree:0',
      boundary: [],
      ownName: 'local/bare',
    });

    const shallow = repository.beside('shallow');
    await runGit(repository.path, ['clone', '-q', '--depth=2', `file://${repository.path}`, shallow]);
    expect(await open(shallow)).toMatchObject({ boundary: [repository.sha('b')], ownName: 'local/shallow' });
  });

  it('has the origin that git would fetch from', async () => {
    await using short = await makeRepository({ origin: 'work:acme/tool' });
    await short.git('config', 'url.https://token:s3cret@git.acme.example/.insteadOf', 'work:');
    expect((await open(short.path)).ownName).toBe('git.acme.example/acme/tool');
  });
});

describe('what is no clone', () => {
  const failure = async (work: Promise<unknown>): Promise<BellwetherError> => {
    const error: unknown = await work.then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(BellwetherError);
    return error as BellwetherError;
  };

  it('is a path that does not exist', async () => {
    const error = await failure(open(repository.beside('nowhere')));
    expect(error).toMatchObject({ code: 'path-missing', exitCode: exitCodes.usage, retry: 'no' });
  });

  it('is a folder without a repository', async () => {
    const folder = repository.beside('plain');
    await mkdir(folder);
    expect(await failure(open(folder))).toMatchObject({
      code: 'not-a-repository',
      exitCode: exitCodes.usage,
    });
  });

  it('is a bundle, which has to be cloned first', async () => {
    const bundle = repository.beside('app.bundle');
    await repository.git('bundle', 'create', '-q', bundle, '--all');
    const error = await failure(open(bundle));
    expect(error).toMatchObject({ code: 'not-a-repository', message: `${bundle} is a bundle, not a clone.` });
    expect(error.next).toContain(`git clone ${bundle}`);
  });

  it('is a repository without its HEAD', async () => {
    await using broken = await makeRepository({ commits: [{ id: 'a' }] });
    await rename(path.join(broken.path, '.git/HEAD'), path.join(broken.path, '.git/HEAD.lost'));
    expect(await failure(open(broken.path))).toMatchObject({ code: 'not-a-repository' });
  });

  it.runIf(process.getuid?.() === 0)(
    'is one that belongs to somebody else, until it is trusted',
    async () => {
      await using foreign = await makeRepository({ commits: [{ id: 'a' }] });
      await chown(foreign.path, 4242, 4242);
      await chown(path.join(foreign.path, '.git'), 4242, 4242);
      const error = await failure(open(foreign.path));
      expect(error).toMatchObject({ code: 'dubious-ownership', exitCode: exitCodes.usage });
      expect(error.next).toContain(`git config --global --add safe.directory ${foreign.path}`);
    },
  );

  it('is anything where git is not installed, cannot be run or is too old', async () => {
    expect(await failure(open(repository.path, 'no-such-program'))).toMatchObject({ code: 'git-missing' });
    expect(await failure(open(repository.path, await program('exit 1', 0o644)))).toMatchObject({
      code: 'git-not-started',
    });
    const old = await failure(
      open(repository.path, await program('echo "git version 2.30.9 (Apple Git-1)"')),
    );
    expect(old).toMatchObject({
      code: 'git-too-old',
      message: 'git 2.31 or later is needed; git version 2.30.9 (Apple Git-1) is too old.',
    });
  });

  let programs = 0;
  async function program(script: string, mode = 0o755): Promise<string> {
    const file = repository.beside(`git-${programs++}`);
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, mode);
    return file;
  }
});

describe('what git says', () => {
  const codeOf = (stderr: string, exitCode: number | null = 128): string =>
    gitError({ command: 'log', path: '/srv/app', exitCode, killedBy: null, stderr }).code;

  it.each([
    ["fatal: detected dubious ownership in repository at '/srv/app'", 'dubious-ownership'],
    ["fatal: unsafe repository ('/srv/app' is owned by someone else)", 'dubious-ownership'],
    ["error: could not open '/srv/app/.git/HEAD': Permission denied", 'permission-denied'],
    ['fatal: not a git repository (or any of the parent directories): .git', 'not-a-repository'],
    ['fatal: could not fetch 1234 from promisor remote', 'objects-missing'],
    ['error: inflate: data stream error (incorrect header check)', 'repository-corrupt'],
    ['fatal: bad object 1234', 'repository-corrupt'],
    ['error: Could not read 1234', 'repository-corrupt'],
    ['error: object file .git/objects/12/34 is empty', 'repository-corrupt'],
    ['fatal: packed object 1234 (stored in pack-1.pack) is corrupt', 'repository-corrupt'],
    ['fatal: unrecognized argument: --diff-merges=first-parent', 'git-too-old'],
    ['fatal: something new', 'git-failed'],
    ['', 'git-failed'],
  ])('%s: %s', (stderr, code) => {
    expect(codeOf(stderr)).toBe(code);
  });

  it('tells a killed git from a failed one: that may go better at once', () => {
    const error = gitError({
      command: 'log',
      path: '/srv/app',
      exitCode: null,
      killedBy: 'SIGKILL',
      stderr: '',
    });
    expect(error).toMatchObject({ code: 'git-killed', retry: 'now' });
  });

  it('never repeats a credential', () => {
    const stderr = "fatal: unable to access 'https://someone:s3cret@git.example/a/b'";
    const error = gitError({ command: 'log', path: '/srv/app', exitCode: 128, killedBy: null, stderr });
    expect(`${error.message} ${error.next} ${String(error.cause)}`).not.toContain('s3cret');
  });

  it('names the folder so that it can be pasted', () => {
    const stderr = 'fatal: bad object 1234';
    const error = gitError({ command: 'log', path: "/srv/my app's", exitCode: 128, killedBy: null, stderr });
    expect(error.next).toContain(String.raw`git -C '/srv/my app'\''s' fsck`);
  });

  it('is English, whatever the language of the machine', async () => {
    await using repository = await makeRepository();
    await expect(runGit(repository.path, ['log', 'nowhere'])).rejects.toThrow(
      /unknown revision|bad revision/,
    );
    expect(testGitEnvironment()['LC_ALL']).toBe('C');
  });
});
