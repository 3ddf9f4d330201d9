import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config, systemClock } from '@bellwether/core';
import { collectorRuns, openWarehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { playOn } from './testing/play-browser.ts';
import { type RunningServer, startServer, type StartOptions } from './start-server.ts';

const PASSWORD = 'right password';

/** Everything that the server logged. */
let logged = '';

let root: string;
let data: string;
let server: RunningServer;

function options(changes: Partial<StartOptions> = {}, config: object = {}): StartOptions {
  return {
    target: { path: data },
    config: Config.parse({
      serve: {
        listen: '127.0.0.1:0',
        users: [
          { name: 'grafana', role: 'dashboards', passwordVariable: 'GRAFANA_PASSWORD' },
          { name: 'ann', role: 'analyst', passwordVariable: 'ANN_PASSWORD' },
        ],
      },
      ...config,
    }),
    env: { GRAFANA_PASSWORD: PASSWORD, ANN_PASSWORD: 'another password' },
    clock: systemClock,
    log: { stream: { write: (line: string) => void (logged += line) }, flush: () => {} },
    collectCommand: () => ({ command: process.execPath, args: ['-e', ''], cwd: root, env: {} }),
    ...changes,
  };
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'bellwether-serve-'));
  data = join(root, 'data');
});

afterAll(() => rm(root, { recursive: true, force: true }));

interface Asked {
  status: number;
  text: string;
  headers: Headers;
}

async function ask(path: string, headers: Record<string, string> = {}, body?: string): Promise<Asked> {
  const answer = await fetch(server.url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers,
    ...(body === undefined ? {} : { body }),
  });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

const as = (name: string, password: string): Record<string, string> => ({
  'X-ClickHouse-User': name,
  'X-ClickHouse-Key': password,
});

// The engine opens one folder at a time in a process: servers follow each other here.
describe('a running server', () => {
  beforeAll(async () => {
    server = await startServer(options());
  });
  afterAll(() => server.stop());

  it('answers a user, and nobody without a password', async () => {
    const sql = '/?query=SELECT+count()+FROM+metrics.deployment_frequency';
    expect(await ask(sql, as('grafana', PASSWORD))).toMatchObject({ status: 200, text: '0\n' });
    expect((await ask(sql)).status).toBe(401);
    expect((await ask(sql, as('grafana', 'wrong'))).text).toContain('Code: 516.');
  });

  it('is alive and ready', async () => {
    expect(await ask('/healthz')).toMatchObject({ status: 200, text: 'Alive.\n' });
    expect(await ask('/readyz')).toMatchObject({ status: 200, text: 'Ready.\n' });
  });

  it('says by numbers what was asked, without saying what', async () => {
    await ask('/?query=SELECT+4711', as('grafana', PASSWORD));
    const { status, text, headers } = await ask('/metrics');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('text/plain');
    expect(text).toMatch(/bellwether_requests_total\{route="query",role="dashboards",status="200"\} \d/);
    expect(text).toMatch(/^bellwether_up 1$/m);
    expect(text).toMatch(/^bellwether_http_connections [1-9]/m);
    expect(text).toMatch(/^bellwether_engine_connections\{pool="reading",state="idle"\} \d/m);
    for (const secret of [PASSWORD, '4711', 'grafana']) expect(text).not.toContain(secret);
  });

  it('logs who asked and how it went, never texts, values or credentials', async () => {
    const canary = 'canary4711';
    await ask('/', as('grafana', PASSWORD), `SELECT '${canary}'`);
    await ask('/', as('grafana', PASSWORD), `SELECT FROM (${canary}`);
    await ask(`/?user=grafana&password=${canary}&query=SELECT+1`);
    await ask(`/?param_x=${canary}&query=SELECT+{x:String}`, as('grafana', PASSWORD));
    await ask('/?query=SELECT+1', as('ann', canary));
    await ask('/?query=SELECT+1', as(canary, PASSWORD));
    await ask(`/${canary}`);
    const lines = logged
      .trim()
      .split('\n')
      .map((line): Record<string, unknown> => JSON.parse(line));
    expect(lines).toContainEqual(
      expect.objectContaining({ user: 'grafana', role: 'dashboards', kind: 'select', status: 200 }),
    );
    expect(lines).toContainEqual(expect.objectContaining({ code: 62, error: 'SYNTAX_ERROR' }));
    expect(lines).toContainEqual(expect.objectContaining({ code: 516, triedUser: 'ann' }));
    expect(lines).toContainEqual(expect.not.objectContaining({ triedUser: expect.anything() }));
    for (const secret of [canary, PASSWORD]) expect(logged).not.toContain(secret);
  });

  it('shows a page to a browser, with how fresh the data are for those who may know', async () => {
    const browser = { Accept: 'text/html' };
    const stranger = await ask('/', browser);
    expect(stranger.status).toBe(200);
    expect(stranger.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(stranger.text).toContain('Sign in');
    const known = await ask('/', { ...browser, ...as('ann', 'another password') });
    expect(known.text).toContain('Nothing has been collected yet');
    expect(await ask('/')).toMatchObject({ text: 'Ok.\n' });
  });

  it('asks a browser for a password before it lets it play', async () => {
    const stranger = await ask('/play');
    expect(stranger.status).toBe(401);
    expect(stranger.headers.get('www-authenticate')).toContain('Basic');
    expect((await ask('/play', as('grafana', PASSWORD))).text).toContain('You are grafana');
    expect((await ask('/play.js')).headers.get('content-type')).toContain('javascript');
  });

  it('lets people play: rows as a table, the first thousand, other formats as text, errors in words', async () => {
    const page = playOn(server.url, as('grafana', PASSWORD));
    const table = await page.ask(`SELECT number AS n, '<b>' AS text, NULL AS nothing FROM numbers(2)`);
    expect(table).toMatchObject({ head: ['n', 'text', 'nothing'] });
    expect(table.rows).toEqual([
      ['0', '<b>', 'null'],
      ['1', '<b>', 'null'],
    ]);
    expect(table.status).toMatch(/^2 rows, [\d.]+ s$/);
    const many = await page.ask('SELECT number FROM numbers(100000)');
    expect([many.rows.length, many.status.startsWith('The first 1,000 rows')]).toEqual([1000, true]);
    const text = await page.ask('SELECT 1 FORMAT CSV');
    expect(text).toMatchObject({ text: '1\n', status: expect.stringMatching(/^As CSV/) });
    const refused = await page.ask('SELECT * FROM private.identities');
    expect(refused.status).toContain('Code: 497.');
    expect([page.run.disabled, page.stop.disabled]).toEqual([false, true]);
  });

  it('puts the query of a link into the field, and does not run it', () => {
    const page = playOn(server.url, {}, `#${encodeURIComponent('SELECT 42')}`);
    expect([page.query.value, page.run.disabled]).toEqual(['SELECT 42', false]);
  });

  it('answers no other web site that makes a browser ask', async () => {
    const foreign = { Origin: 'https://evil.example', ...as('grafana', PASSWORD) };
    expect((await ask('/', foreign, 'SELECT 1')).status).toBe(403);
  });
});

describe('starting', () => {
  const never = join(tmpdir(), 'bellwether-never-opened');

  it.each([
    ['users-missing', { serve: { listen: '0.0.0.0:0' } }],
    ['listen-invalid', { serve: { listen: '127.0.0.1:99999' } }],
    ['password-missing', { serve: { users: [{ name: 'a', role: 'bot', passwordVariable: 'NOT_SET' }] } }],
    ['schedule-invalid', { schedules: [{ source: 'git', cron: '99 * * * *' }] }],
    ['no-repositories', { schedules: [{ source: 'git', cron: '0 * * * *' }] }],
    ['no-organisation', { schedules: [{ source: 'github', cron: '0 * * * *' }] }],
  ])('fails with %s, before it opens anything', async (code, config) => {
    await expect(startServer(options({ target: { path: never } }, config))).rejects.toMatchObject({ code });
    expect(existsSync(never)).toBe(false);
  });

  it('says that a port is taken, and lets go of the folder', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const starting = startServer(options({ listen: `127.0.0.1:${String(port)}` }));
    await expect(starting).rejects.toMatchObject({ code: 'port-taken' });
    other.close();
    expect(await readdir(data)).not.toContain('owner.json');
  });
});

describe('a server without users', () => {
  it('answers programs of this machine at its own names, as dashboards', async () => {
    const target = { path: join(root, 'open') };
    const open = await startServer(options({ target }, { serve: { listen: '127.0.0.1:0' } }));
    try {
      const answer = await fetch(`${open.url}/?query=SELECT+count()+FROM+metrics.change_lead_time`);
      expect(await answer.text()).toBe('0\n');
      const facts = await fetch(`${open.url}/?query=SELECT+count()+FROM+facts.changes`);
      expect(facts.headers.get('x-clickhouse-exception-code')).toBe('497');
      const rebound = await statusFor(open.url, { Host: 'rebind.evil.example' });
      expect(rebound).toBe(421);
      expect(await statusFor(open.url, { 'X-Forwarded-For': '203.0.113.9' })).toBe(421);
    } finally {
      await open.stop();
    }
  });
});

/** `fetch` does not let anybody choose the host. */
function statusFor(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(`${url}/?query=SELECT+1`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once('error', reject)
      .end();
  });
}

/** A hundred thousand million pairs: reads little, and takes minutes. */
const SLOW =
  'SELECT max(cityHash64(a.number, b.number)) FROM numbers(100000) AS a CROSS JOIN numbers(1000000) AS b';

describe('stopping', () => {
  it('lets what runs end, and then lets go of the folder', async () => {
    const target = { path: join(root, 'stopping') };
    const stopped = await startServer(options({ target }));
    const sql = SLOW.replace('100000)', '200)');
    const running = fetch(`${stopped.url}/?query=${encodeURIComponent(sql)}`, {
      headers: as('ann', 'another password'),
    });
    // On a fast machine it may have ended by then, which is as good.
    await Promise.race([isComputed(stopped.url), running]);
    await stopped.stop();
    const answer = await running;
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringMatching(/^\d+\n$/)]);
  });

  it('ends what runs after the grace, refuses what is new, and lets go of the folder', async () => {
    const target = { path: join(root, 'stopping') };
    const stopped = await startServer(options({ target, graceMs: 200 }));
    const slow = fetch(`${stopped.url}/?query=${encodeURIComponent(SLOW)}`, {
      headers: as('ann', 'another password'),
    });
    await isComputed(stopped.url);
    await stopped.stop();
    const ended = await slow;
    expect([ended.status, await ended.text()]).toEqual([503, expect.stringContaining('Code: 236.')]);
    await expect(fetch(`${stopped.url}/ping`)).rejects.toThrow();
    expect(await readdir(target.path)).not.toContain('endpoint.json');

    const warehouse = await openWarehouse(target);
    expect(await warehouse.readRows(collectorRuns, ['run_id'])).toEqual([]);
    await warehouse.close();
  });
});

/** Resolves when the engine works on a query. */
function isComputed(url: string): Promise<void> {
  const busy = 'bellwether_engine_connections{pool="reading",state="busy"} 1';
  return waitFor(async () => {
    // A server that has stopped has nothing left to say.
    const text = await fetch(`${url}/metrics`).then(
      (answer) => answer.text(),
      () => null,
    );
    return text === null || text.includes(busy);
  });
}

/** Polls, because nothing tells when a query has begun; bounded by the test itself. */
async function waitFor(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
}
