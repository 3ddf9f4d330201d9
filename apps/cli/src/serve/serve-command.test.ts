import { execFileSync } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { metricViews } from '@bellwether/metrics';
import { migrate, migrations, openWarehouse } from '@bellwether/warehouse';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type NotStarted, type Started, tryServe } from '../testing/started-serve.ts';
import { runInProcess } from '../testing/test-terminal.ts';

const ANY = ['--listen', '127.0.0.1:0'];
/** With its threads given, the server is one process. */
const ONE = { UV_THREADPOOL_SIZE: '16' };

let cwd: string;

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'bellwether-serve-'));
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

function running(started: Started | NotStarted): Started {
  if ('url' in started) return started;
  throw new Error(`It did not start: ${started.stderr}`);
}

function failed(started: Started | NotStarted): NotStarted {
  if ('url' in started) throw new Error('It started');
  return started;
}

const text = async (url: string, init: RequestInit = {}): Promise<string> => (await fetch(url, init)).text();

/** Opening is what shows that nobody has it any more. */
async function isFree(): Promise<boolean> {
  const warehouse = await openWarehouse({ path: join(cwd, '.bellwether/data') }, { mustOwn: true });
  await warehouse.close();
  return true;
}

describe('bellwether serve', () => {
  it('starts, answers, lets other commands work beside it, stops and lets go of the folder', async () => {
    await using server = running(await tryServe(ANY, { cwd, env: { UV_THREADPOOL_SIZE: undefined } }));
    expect(await text(`${server.url}/?query=SELECT+count()+FROM+metrics.deployment_frequency`)).toBe('0\n');
    const beside = await runInProcess(['query', 'SELECT 1', '--format', 'TSV'], { cwd });
    expect(beside).toMatchObject({ code: 0, stdout: '1\n' });

    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(server.stderr()).toContain('"msg":"stopped"');
    expect(await isFree()).toBe(true);
  });

  it.each([
    ['one process', ONE],
    ['two', { UV_THREADPOOL_SIZE: undefined }],
  ])('stops when its terminal is closed, as %s', async (_, env) => {
    await using server = running(await tryServe(ANY, { cwd, env }));
    server.child.kill('SIGHUP');
    expect(await server.ended).toBe(0);
    expect(server.stderr()).toContain('"msg":"stopped"');
    expect(await readdir(join(cwd, '.bellwether/data'))).not.toContain('owner.json');
    expect(await readdir(join(cwd, '.bellwether/data'))).not.toContain('endpoint.json');
  });

  it('stops as well when the process above it is killed', async () => {
    await using server = running(await tryServe(ANY, { cwd, env: { UV_THREADPOOL_SIZE: undefined } }));
    expect(server.pid).not.toBe(server.child.pid);
    server.child.kill('SIGKILL');
    // Its stderr is closed when the last process that writes to it has ended.
    await server.ended;
    expect(server.stderr()).toContain('"msg":"stopped"');
    expect(await isFree()).toBe(true);
  });

  it('takes a password whose hash it printed', async () => {
    const hash = await runInProcess(['serve', '--hash-password'], { cwd, stdin: 'a long password\n' });
    const user = { name: 'grafana', role: 'dashboards', passwordHash: hash.stdout.trim() };
    await writeFile(join(cwd, 'bellwether.yaml'), JSON.stringify({ serve: { users: [user] } }));
    await using server = running(await tryServe(ANY, { cwd, env: ONE }));
    const as = (password: string): RequestInit => ({
      headers: { Authorization: `Basic ${Buffer.from(`grafana:${password}`).toString('base64')}` },
    });
    expect(await text(`${server.url}/?query=SELECT+1`, as('a long password'))).toBe('1\n');
    expect(await text(`${server.url}/?query=SELECT+1`, as('a long passwort'))).toContain('Code: 516.');
  });

  it('collects on schedule, through itself, what was never read', async () => {
    const clone = join(cwd, 'shop');
    await mkdir(clone);
    const git = (...args: string[]): unknown =>
      execFileSync('git', ['-C', clone, '-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args]);
    git('init', '-q', '-b', 'main');
    git('commit', '-q', '--allow-empty', '-m', 'Begin');
    git('tag', 'v1.0.0');
    const config = {
      repositories: [{ path: clone }],
      schedules: [{ source: 'git', cron: '0 0 1 1 *', jitterSeconds: 0 }],
    };
    await writeFile(join(cwd, 'bellwether.yaml'), JSON.stringify(config));
    await using server = running(await tryServe(ANY, { cwd, env: ONE }));
    await waitFor(async () =>
      (await text(`${server.url}/metrics`)).includes(
        'bellwether_schedule_runs_total{source="git",outcome="ok"} 1',
      ),
    );
    expect(await text(`${server.url}/?query=SELECT+count()+FROM+metrics.deployment_frequency`)).toBe('1\n');
    expect(await text(`${server.url}/`, { headers: { Accept: 'text/html' } })).toContain('read in full');
  });
});

/** Polls, because nothing tells when a run has ended; bounded by the test itself. */
async function waitFor(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50));
}

describe('bellwether serve does not start', () => {
  it('on a folder that another server has', async () => {
    await using server = running(await tryServe(ANY, { cwd, env: ONE }));
    const second = failed(await tryServe(ANY, { cwd, env: ONE }));
    expect(second.code).toBe(1);
    expect(second.stderr).toContain('Error (warehouse-locked)');
    expect(second.stderr).toContain(`kill ${String(server.pid)}`);
  });

  it('on a port that another program has', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const started = failed(await tryServe(['--listen', `127.0.0.1:${String(port)}`], { cwd, env: ONE }));
    other.close();
    expect(started).toMatchObject({ code: 1, stderr: expect.stringContaining('Error (port-taken)') });
    expect(await isFree()).toBe(true);
  });

  it('where others could come in without a password', async () => {
    const started = failed(await tryServe(['--listen', '0.0.0.0:0'], { cwd, env: ONE }));
    expect(started).toMatchObject({ code: 2, stderr: expect.stringContaining('Error (users-missing)') });
    expect(existsSync(join(cwd, '.bellwether'))).toBe(false);
  });

  it('on a folder of a newer version', async () => {
    const path = join(cwd, '.bellwether/data');
    const warehouse = await openWarehouse({ path });
    await migrate(warehouse, { views: metricViews() });
    const row = {
      kind: 'migration' as const,
      id: 9999,
      name: '9999_of_the_future',
      checksum: 'x',
      statement_count: 1,
    };
    await warehouse.insert(migrations, [{ ...row, applied_at: Date.now() }]);
    await warehouse.close();
    const started = failed(await tryServe(ANY, { cwd, env: ONE }));
    expect(started).toMatchObject({ code: 1, stderr: expect.stringContaining('Error (warehouse-newer)') });
    expect(started.stderr).toContain('Next: Update Bellwether');
  });

  it('with a password that is too short', async () => {
    const outcome = await runInProcess(['serve', '--hash-password'], { stdin: 'short\n' });
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.talk.join('\n')).not.toContain('short\n');
    // A password that was made up by a program and seen by nobody opens nothing.
    expect(outcome.talk.join('\n')).toContain('openssl rand -base64 24 | tee /dev/tty | ');
  });
});
