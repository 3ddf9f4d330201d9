import { appendFile, chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { GitClient } from './client.ts';
import { readLog } from './log.ts';
import { readObjects } from './objects.ts';
import { makeRepository, runGit, type TestRepository } from './testing/repository-builder.ts';

const signal = new AbortController().signal;

let repository: TestRepository;
let treeless: string;
beforeAll(async () => {
  repository = await makeRepository({
    folder: 'app',
    commits: [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
    tags: [{ name: 'v1.0.0', target: 'b', at: '2026-02-01T00:00:00Z' }],
  });
  await repository.git('config', 'uploadpack.allowFilter', 'true');
  treeless = repository.beside('treeless.git');
  await runGit(repository.path, [
    'clone',
    '-q',
    '--bare',
    '--filter=tree:0',
    `file://${repository.path}`,
    treeless,
  ]);
});
afterAll(() => repository.dispose());
afterEach(() => void vi.unstubAllEnvs());

async function shas(git: GitClient, withPaths = false): Promise<string[]> {
  const found: string[] = [];
  for await (const piece of readLog(git, { heads: [repository.sha('c')], known: [], withPaths })) {
    found.push(...piece.map(({ sha }) => sha));
  }
  return found;
}

async function program(name: string, script: string): Promise<string> {
  const file = repository.beside(name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

describe('git in a partial clone', () => {
  const packs = async (): Promise<string[]> => (await readdir(path.join(treeless, 'objects/pack'))).sort();

  it('reads the commits, whose trees are elsewhere', async () => {
    expect(await shas(new GitClient(treeless, signal))).toEqual(
      ['c', 'b', 'a'].map((id) => repository.sha(id)),
    );
  });

  it.each([
    ['a git that knows GIT_NO_LAZY_FETCH', 'exec git "$@"'],
    ['an older git', 'unset GIT_NO_LAZY_FETCH\nexec git "$@"'],
  ])('never fetches what is missing: %s', async (name, script) => {
    const before = await packs();
    const git = new GitClient(treeless, signal, await program(`git-${name.length}`, script));
    await expect(shas(git, true)).rejects.toMatchObject({ code: 'objects-missing', retry: 'no' });
    const [commit, tree] = [
      repository.sha('c'),
      await repository.git('rev-parse', `${repository.sha('a')}^{tree}`),
    ];
    const found: (string | undefined)[] = [];
    for await (const piece of readObjects(git, [commit, tree, commit], { withContent: false })) {
      found.push(...piece.map(({ object }) => object?.type));
    }
    expect(found).toEqual(['commit', undefined, 'commit']);
    expect(await packs()).toEqual(before);
  });
});

describe('git in a hostile place', () => {
  it('is not led astray by the variables of a git hook', async () => {
    await using other = await makeRepository({ commits: [{ id: 'other' }] });
    vi.stubEnv('GIT_DIR', path.join(other.path, '.git'));
    vi.stubEnv('GIT_WORK_TREE', other.path);
    vi.stubEnv('GIT_INDEX_FILE', '/nowhere');
    vi.stubEnv('GIT_CONFIG_COUNT', '1');
    vi.stubEnv('GIT_CONFIG_KEY_0', 'log.showSignature');
    vi.stubEnv('GIT_CONFIG_VALUE_0', 'true');
    vi.stubEnv('GIT_TRACE', '1');
    expect(await shas(new GitClient(repository.path, signal))).toHaveLength(3);
  });

  it('runs no program that the repository’s configuration names, nor lets it change what is read', async () => {
    await using hostile = await makeRepository({
      commits: [
        { id: 'a', files: { 'one.txt': '1' } },
        { id: 'b', files: { 'sub/two.txt': '2', 'one.txt': null } },
      ],
    });
    const canary = hostile.beside('canary');
    const trap = await program('trap', `touch ${canary}\nexit 1`);
    const settings = {
      'alias.log': `!${trap}`,
      'alias.cat-file': `!${trap}`,
      'core.alternateRefsCommand': trap,
      'core.editor': trap,
      'core.fsmonitor': trap,
      'core.hooksPath': hostile.path,
      'core.pager': trap,
      'core.sshCommand': trap,
      'credential.helper': `!${trap}`,
      'diff.external': trap,
      'diff.trap.textconv': trap,
      'diff.trap.command': trap,
      'gpg.program': trap,
      'log.showSignature': 'true',
      'pager.log': trap,
      // And what would only falsify the result:
      'color.ui': 'always',
      'diff.ignoreSubmodules': 'all',
      'diff.noprefix': 'true',
      'diff.orderFile': '/nowhere',
      'diff.relative': 'true',
      'diff.renames': 'copies',
      'format.pretty': 'oneline',
      'i18n.logOutputEncoding': 'ISO-8859-1',
      'log.abbrevCommit': 'true',
      'log.date': 'relative',
      'log.decorate': 'full',
      'log.diffMerges': 'off',
      'log.follow': 'true',
      'log.mailmap': 'true',
      'log.showRoot': 'false',
    };
    const signed = await hostile.git('cat-file', '-p', hostile.sha('b'));
    const signature = 'gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----';
    const commit = await runGit(
      hostile.path,
      ['hash-object', '-t', 'commit', '-w', '--stdin'],
      signed.replace('\n\n', `\n${signature}\n\n`),
    );
    await mkdir(path.join(hostile.path, 'sub'));
    await writeFile(path.join(hostile.path, '.git/info/attributes'), '* diff=trap\n');
    await writeFile(
      path.join(hostile.path, '.mailmap'),
      'Someone Else <else@example.org> <robin@example.org>\n',
    );
    const lines = Object.entries(settings).map(([name, value]) => {
      const dot = name.lastIndexOf('.');
      return `[${name.slice(0, dot).replace(/\.(.*)$/, ' "$1"')}]\n${name.slice(dot + 1)} = "${value}"\n`;
    });
    // Written as a file, since from here on even `git config` of the tests might run one of the traps.
    await appendFile(path.join(hostile.path, '.git/config'), lines.join(''));

    const read: unknown[] = [];
    const git = new GitClient(path.join(hostile.path, 'sub'), signal);
    for await (const piece of readLog(git, { heads: [commit], known: [], withPaths: true })) {
      read.push(...piece);
    }
    for await (const piece of readObjects(git, [`${commit}^{tree}`], { withContent: true })) {
      read.push(...piece);
    }
    expect(read).toMatchObject([
      { sha: commit, authorEmail: 'robin@example.org', paths: ['one.txt', 'sub/two.txt'] },
      { sha: hostile.sha('a'), paths: ['one.txt'] },
      { object: { type: 'tree' } },
    ]);
    expect(await readdir(path.dirname(canary))).not.toContain('canary');

    // The traps are live: a git without these precautions falls into them.
    await runGit(hostile.path, ['log', '-1', commit]).catch(() => '');
    expect(await readdir(path.dirname(canary))).toContain('canary');
  });

  it('reads history as it was recorded, without replacements and grafts', async () => {
    await using edited = await makeRepository({ commits: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] });
    await edited.git('replace', edited.sha('b'), edited.sha('a'));
    await writeFile(path.join(edited.path, '.git/info/grafts'), `${edited.sha('c')}\n`);
    expect(await edited.git('rev-list', '--count', 'main')).toBe('1');
    const found: string[] = [];
    const git = new GitClient(edited.path, signal);
    const pieces = readLog(git, { heads: [edited.sha('c')], known: [], withPaths: false });
    for await (const piece of pieces) found.push(...piece.map(({ subject }) => subject));
    expect(found).toEqual(['c', 'b', 'a']);
  });

  it('takes no object id for an option', async () => {
    const git = new GitClient(repository.path, signal);
    const read = readLog(git, { heads: ['--output=/tmp/stolen'], known: [], withPaths: false });
    await expect(read.next()).rejects.toMatchObject({ retry: 'no' });
  });
});

describe('a git that is not read to its end', () => {
  it('is ended when nobody reads on', async () => {
    const endless = await program('git-endless', 'while :; do echo "0123456789 0123456789 0123456789"; done');
    for await (const chunk of new GitClient(repository.path, signal, endless).stream(['log'])) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
  });

  it('is ended when the user cancels, also when it says nothing', async () => {
    const controller = new AbortController();
    const silent = await program('git-silent', 'exec sleep 600');
    const running = new GitClient(repository.path, controller.signal, silent).run(['log']);
    setTimeout(() => controller.abort(), 50);
    await expect(running).rejects.toMatchObject({ code: 'cancelled', exitCode: 5 });
    await expect(new GitClient(repository.path, controller.signal).run(['version'])).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('may be tried again when something killed it', async () => {
    const dying = await program('git-dying', 'echo begun; kill -9 $$');
    await expect(new GitClient(repository.path, signal, dying).run(['log'])).rejects.toMatchObject({
      code: 'git-killed',
      retry: 'now',
    });
  });

  it('fails for what it said last, even when it never read its input', async () => {
    const deaf = await program('git-deaf', 'echo "fatal: bad object 1234" >&2; exit 128');
    const input = 'x'.repeat(1_000_000);
    await expect(new GitClient(repository.path, signal, deaf).run(['log'], { input })).rejects.toMatchObject({
      code: 'repository-corrupt',
    });
  });
});
