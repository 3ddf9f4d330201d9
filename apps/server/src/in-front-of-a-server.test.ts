import { Config, systemClock } from '@bellwether/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveFolder } from '../test/served-folder.ts';
import { type RunningServer, startServer, type StartOptions } from './start-server.ts';
import { serveHttp } from './testing/served-http.ts';
import { ungated } from './testing/ungated.ts';

/**
 * `warehouse.url`: no ClickHouse server runs here, so our own HTTP interface stands in for one, without its gate: the
 * embedded engine is the same, and what only a server has (its accounts, KILL by the id of a query) is not tested.
 */
const asked: string[] = [];
const settingsSent: Readonly<Record<string, string>>[] = [];
const behind = serveHttp(
  {
    harmlessSettings: ({ readonly: _, ...settings }) => {
      settingsSent.push(settings);
      return settings;
    },
  },
  (warehouse) => ungated(warehouse, asked),
);

const PASSWORD = 'a password of the test';
let server: RunningServer;

function options(target: StartOptions['target']): StartOptions {
  const roles = ['operator', 'analyst', 'dashboards', 'bot'] as const;
  const users = roles.map((role) => ({ name: role, role, passwordVariable: 'TESTER_PASSWORD' }));
  return {
    target,
    config: Config.parse({
      serve: { listen: '127.0.0.1:0', users, limits: { analyst: { rowsReturned: 1000 } } },
    }),
    env: { TESTER_PASSWORD: PASSWORD },
    clock: systemClock,
    log: { stream: { write: () => undefined }, flush: () => undefined },
    collectCommand: () => ({ command: process.execPath, args: ['-e', ''], cwd: '/', env: {} }),
  };
}

const target = (): StartOptions['target'] => ({ url: behind.url, user: 'operator', password: 'secret' });

interface Asked {
  status: number;
  text: string;
  headers: Headers;
}

async function ask(user: string, sql: string, parameters = '', signal?: AbortSignal): Promise<Asked> {
  const answer = await fetch(`${server.url}/?${parameters}`, {
    method: 'POST',
    headers: { 'X-ClickHouse-User': user, 'X-ClickHouse-Key': PASSWORD },
    body: sql,
    ...(signal ? { signal } : {}),
  });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

beforeAll(async () => {
  server = await startServer(options(target()));
});
afterAll(() => server.stop());

describe('in front of a ClickHouse server', () => {
  it.each([
    ['analyst', 'SELECT 1', '', '1\n'],
    ['dashboards', 'SELECT count() FROM metrics.change_lead_time', '', '0\n'],
    ['dashboards', 'SELECT count() FROM change_lead_time', 'database=metrics', '0\n'],
    ['analyst', 'SHOW DATABASES', '', 'domain\nfacts\nmetrics\nops\n'],
    ['dashboards', 'SELECT DISTINCT database FROM system.tables', '', 'metrics\n'],
    ['analyst', 'EXISTS facts.changes', '', '1\n'],
    [
      'analyst',
      'SELECT {s:String}, {list:Array(String)}, {n:Nullable(String)} IS NULL',
      "param_s=it's%5Ct&param_list=%5B'a','b'%5D&param_n=%5CN",
      "it\\'s\\t\t['a','b']\t1\n",
    ],
    ['analyst', 'SELECT number FROM numbers(5)', 'limit=2', '0\n1\n'],
    ['analyst', 'SELECT number FROM numbers(99)', 'max_result_rows=2&result_overflow_mode=break', '0\n1\n'],
    ['analyst', 'SELECT timezone()', 'session_timezone=Asia/Tokyo', 'Asia/Tokyo\n'],
    ['analyst', 'SELECT 1 AS a', 'default_format=JSONEachRow', '{"a":1}\n'],
    ['analyst', 'SELECT 1 AS a FORMAT CSVWithNames', '', '"a"\n1\n'],
  ])('%s reads: %s %s', async (user, sql, parameters, text) => {
    expect(await ask(user, sql, parameters)).toMatchObject({ status: 200, text });
  });

  it.each([
    ['dashboards', 'SELECT * FROM facts.changes', '', 403, 497, 'ACCESS_DENIED'],
    ['analyst', 'SELECT * FROM private.identities', '', 403, 497, 'ACCESS_DENIED'],
    ['analyst', 'SELECT nope', '', 404, 47, 'UNKNOWN_IDENTIFIER'],
    ['analyst', 'SELECT * FROM metrics.identities', '', 404, 60, 'UNKNOWN_TABLE'],
    ['analyst', 'SELECT (', '', 400, 62, 'SYNTAX_ERROR'],
    ['analyst', 'SELECT 1; SELECT 2', '', 400, 62, 'SYNTAX_ERROR'],
    ['analyst', 'SELECT number FROM numbers(1001)', '', 500, 396, 'TOO_MANY_ROWS_OR_BYTES'],
    ['analyst', 'SELECT sum(sleepEachRow(1)) FROM numbers(3)', '', 403, 497, 'ACCESS_DENIED'],
    [
      'analyst',
      'SELECT sum(sipHash64(number)) FROM numbers(1000000000000)',
      'max_execution_time=1&max_rows_to_read=0',
      500,
      158,
      'TOO_MANY_ROWS',
    ],
    ['analyst', 'SELECT {x:UInt8}', 'param_x=abc', 500, 457, 'BAD_QUERY_PARAMETER'],
    ['analyst', 'SELECT 1', 'readonly=0', 500, 164, 'READONLY'],
  ])('%s is told in ClickHouse’s words: %s %s', async (user, sql, parameters, status, code, name) => {
    const { text, ...answer } = await ask(user, sql, parameters);
    expect(text).toMatch(new RegExp(`^Code: ${code}\\. DB::Exception: .* \\(${name}\\) \\(version 26\\.`));
    expect(text).not.toMatch(/maybe you meant|private\.identities\?/i);
    expect(answer.status).toBe(status);
  });

  it('holds a query to its limits, and tells the server to end it when its reader leaves', async () => {
    settingsSent.length = 0;
    await ask('dashboards', 'SELECT 2', 'limit=3');
    expect(settingsSent).toContainEqual(
      expect.objectContaining({ max_execution_time: '30', max_result_rows: '1000000', limit: '3' }),
    );
    const leaving = new AbortController();
    const endless = 'SELECT sum(sipHash64(number)) FROM numbers(4000000000)';
    const left = ask('analyst', endless, '', leaving.signal).catch((error: unknown) => error);
    await expect
      .poll(() => asked.some((sql) => sql.includes('numbers(4000000000)') && sql.startsWith('SELECT')))
      .toBe(true);
    leaving.abort();
    await left;
    await expect.poll(() => asked.some((sql) => sql.startsWith('KILL QUERY WHERE query_id ='))).toBe(true);
    const ended = await behind.recorded(({ hungUp }) => hungUp);
    expect(ended.statement).toContain('numbers(4000000000)');
  });

  it('stores rows, all or none, and quotes none of them', async () => {
    const count = async (): Promise<string> =>
      (await ask('operator', "SELECT count() FROM ops.truncations WHERE repo = 'r'")).text;
    const values = await ask(
      'operator',
      "INSERT INTO ops.truncations (repo, entity) VALUES ('r', '1'), ('r', '2')",
    );
    expect(values).toMatchObject({ status: 200, text: '' });
    expect(JSON.parse(values.headers.get('x-clickhouse-summary') ?? '{}')).toMatchObject({
      written_rows: '2',
    });
    await ask('operator', 'INSERT INTO ops.truncations (repo, entity) FORMAT TSV\nr\t3\n');
    expect(await count()).toBe('3\n');
    const broken = '{"repo":"r"}\n{"repo":"r","_version":"hush"}\n';
    const failed = await ask(
      'operator',
      `INSERT INTO ops.truncations (repo, _version) FORMAT JSONEachRow\n${broken}`,
    );
    expect(failed.status).toBeGreaterThanOrEqual(400);
    expect(failed.text).toMatch(
      /^Code: \d+\. DB::Exception: Cannot insert into ops\.truncations: [a-z ]+ \(at row 2\)/,
    );
    expect(failed.text).not.toContain('hush');
    expect(await count()).toBe('3\n');
    expect(await ask('analyst', "INSERT INTO ops.truncations (repo) VALUES ('r')")).toMatchObject({
      status: 403,
    });
  });

  it('an operator stages rows', async () => {
    for (const sql of [
      'CREATE TABLE ops.staging_tried (n UInt8) ENGINE = MergeTree ORDER BY n',
      'INSERT INTO ops.staging_tried SELECT number FROM numbers(3)',
      'DROP TABLE ops.staging_tried SYNC',
    ]) {
      expect(await ask('operator', sql)).toMatchObject({ status: 200 });
    }
  });

  it('is ready, and says how it is', async () => {
    expect(await (await fetch(`${server.url}/readyz`)).text()).toBe('Ready.\n');
    expect(await (await fetch(`${server.url}/metrics`)).text()).toMatch(/^bellwether_up 1$/m);
  });
});

describe('does not start', () => {
  it('where tables are missing', async () => {
    await behind.warehouse.warehouse.command('TRUNCATE TABLE ops.migrations');
    await expect(startServer(options(target()))).rejects.toMatchObject({ code: 'migrations-pending' });
    // What it read of the tables last is good for a second.
    const ready = async (): Promise<string> => (await fetch(`${server.url}/readyz`)).text();
    await expect.poll(ready, { timeout: 10_000 }).not.toBe('Ready.\n');
  });

  it('with a wrong password', async () => {
    const wrong = { url: behind.url, user: 'operator', password: 'guess' };
    await expect(startServer(options(wrong))).rejects.toMatchObject({ code: 'server-auth' });
  });

  it('in front of another of its kind, whose gate would refuse what its own has to ask', async () => {
    await using folder = await serveFolder();
    const { url, user, password } = folder;
    await expect(startServer(options({ url, user, password }))).rejects.toMatchObject({
      code: 'server-unsuitable',
    });
  });
});
