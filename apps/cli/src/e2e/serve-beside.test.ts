import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestRepository } from '@bellwether/sources/testing';
import { makeBusyRepository } from '../testing/busy-repository.ts';
import { runCli } from '../testing/cli-process.ts';
import { type ServeProcess, startServe } from '../testing/serve-process.ts';
import { dumpWarehouse } from '../testing/warehouse-dump.ts';

let folder: string;
let data: string;
let repository: TestRepository;
let server: ServeProcess;

const run = (...args: string[]): ReturnType<typeof runCli> => runCli([...args, '--data', data]);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bellwether-beside-'));
  data = join(folder, 'data');
  repository = await makeBusyRepository(60);
  server = await startServe(['--data', data]);
}, 120_000);
afterAll(async () => {
  await server.kill();
  await repository[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** What each command prints, and what is wrong with it. */
async function outcomes(commands: readonly string[][]): Promise<unknown[]> {
  const all: unknown[] = [];
  for (const args of commands) {
    const { code, stdout, stderr } = await run(...args);
    all.push({ args, code, stdout, errors: errorsOf(stderr) });
  }
  return all;
}

const errorsOf = (text: string): string[] => text.split('\n').filter((line) => line.startsWith('Error'));

describe('beside a server', () => {
  it('a command collects through it', async () => {
    const collected = await run('collect', '--path', repository.path);
    expect(collected.stderr).not.toContain('Error');
    expect(collected.code).toBe(0);
    const rows = await run(
      'query',
      'SELECT count() > 50 AS many FROM domain.commits FINAL',
      '--format',
      'TSV',
    );
    expect(rows.stdout).toBe('1\n');
  });

  it('reading commands say what they say without it', { timeout: 240_000 }, async () => {
    const commands = [
      ['report', '--json'],
      ['query', 'SELECT service, count() AS n FROM metrics.deployment_frequency GROUP BY ALL ORDER BY ALL'],
      ['query', 'SELECT * FROM private.identities'],
      ['query', 'DROP TABLE domain.commits'],
      ['query', 'SELEC'],
      ['query', "SELECT file('/etc/passwd')"],
      ['query', 'SELECT {n:UInt8} + 1 AS n', '--param', 'n=41', '--format', 'JSONEachRow'],
      ['query', 'SELECT 1 FORMAT JSON'],
      ['query', 'SELECT 1 SETTINGS max_threads = 1'],
      ['query', 'SELECT * FROM metrics.nonsense'],
      ['migrate', '--check'],
      ['override', 'list'],
    ];
    const served = await outcomes(commands);
    await server.stop();
    const alone = await outcomes(commands);
    server = await startServe(['--data', data]);
    expect(served).toEqual(alone);
  });

  it('doctor says where it is', async () => {
    const { stdout } = await run('doctor');
    expect(stdout).toMatch(
      new RegExp(`process ${String(server.pid)} \\(.*serve\\) answers at ${server.url}`),
    );
    expect(stdout).toContain('is served, and is up to date');
  });

  it('a second one is refused', async () => {
    await expect(startServe(['--data', data])).rejects.toThrow('warehouse-locked');
  });

  it(
    'one command writes at a time, others are told who does, and one that may wait waits',
    { timeout: 240_000 },
    async () => {
      // What a command does when it begins, and then nothing more.
      const begin =
        "const { openWarehouse } = await import('@bellwether/warehouse');" +
        'await openWarehouse({ path: process.argv[3] }, { lease: { waits: false } });' +
        "console.log('held'); setInterval(() => {}, 1000);";
      const held = spawn(process.execPath, ['--input-type=module', '-e', begin, 'main.js', 'import', data], {
        cwd: import.meta.dirname,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(held.stdout, 'data');
      const heldEnded = new Promise((resolve) => held.once('close', resolve));
      const refused = await run('collect', '--path', repository.path);
      expect(refused.stderr).toContain('(warehouse-locked)');
      expect(refused.code).toBe(1);
      expect(refused.stderr).toMatch(new RegExp(`Process ${String(held.pid)} \\(.*import, since 20`));
      expect(refused.stderr).toContain('BELLWETHER_WAIT=1');
      // Reading is not held up.
      expect((await run('query', 'SELECT 1', '--format', 'TSV')).stdout).toBe('1\n');

      const waiting = runCli(['collect', '--path', repository.path, '--data', data], {
        env: { BELLWETHER_WAIT: '1' },
      });
      // kill -9 gives the right back.
      held.kill('SIGKILL');
      await heldEnded;
      expect((await waiting).code).toBe(0);
    },
  );

  it('a backup is made through it, and is what the folder holds', { timeout: 240_000 }, async () => {
    const backup = join(folder, 'backup');
    const made = await run('backup', backup, '--json');
    expect(made.stderr).not.toContain('Error');
    expect(JSON.parse(made.stdout)).toMatchObject({ backup, since: null });
    const again = await run('backup', backup);
    expect(again.stderr).toContain('(backup-exists)');
    const later = await run('backup', join(folder, 'later'), '--since', backup);
    expect(later.code).toBe(0);

    const restored = await runCli(['restore', join(folder, 'later'), '--data', join(folder, 'restored')]);
    expect(restored.stderr).not.toContain('Error');
    expect(restored.stdout).toContain('every table is what it was');
    const refused = await run('restore', backup, '--force');
    expect(refused.stderr).toContain('(warehouse-locked)');
    await server.stop();
    expect(await dumpWarehouse(join(folder, 'restored'))).toEqual(await dumpWarehouse(data));
    server = await startServe(['--data', data]);
  });
});

describe('an endpoint file', () => {
  const file = (): string => join(data, 'endpoint.json');

  it('is readable by its owner only, and goes with the server', async () => {
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    await server.stop();
    expect(existsSync(file())).toBe(false);
    server = await startServe(['--data', data]);
  });

  it('left behind by a server that was killed is passed over', async () => {
    await server.kill();
    expect(existsSync(file())).toBe(true);
    expect((await run('query', 'SELECT 1', '--format', 'TSV')).stdout).toBe('1\n');
    expect((await run('doctor')).stdout).toContain('was left behind by a server that is gone');
    server = await startServe(['--data', data]);
  });

  it('that others could have read or written is not used, and that is said', async () => {
    await chmod(file(), 0o644);
    const refused = await run('query', 'SELECT 1');
    expect(refused.stderr).toContain('(warehouse-locked)');
    expect((await run('doctor')).stdout).toContain('can be read or written by others');
    await chmod(file(), 0o600);
    expect((await run('query', 'SELECT 1', '--format', 'TSV')).stdout).toBe('1\n');
  });

  it('says nothing of its key to anybody', async () => {
    const { key } = JSON.parse(await readFile(file(), 'utf8')) as { key: string };
    const everything = [
      server.log(),
      (await run('doctor')).stdout,
      (await run('doctor', '--json')).stdout,
    ].join('\n');
    expect(everything).not.toContain(key);
  });
});
