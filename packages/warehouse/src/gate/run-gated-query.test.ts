import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { migrate } from '../migrate.ts';
import { openWarehouse } from '../open-warehouse.ts';
import { runGatedQuery } from './run-gated-query.ts';
import * as tables from '../tables/index.ts';
import type { QueryParams, Warehouse } from '../warehouse.ts';

const folder = temporaryFolder();
const path = join(folder, 'data');
const canary = join(folder, 'canary.txt');
const SECRET = 'the-canary-sings';

/** Held open so that each query need not start the engine anew. */
let warehouse: Warehouse;
let server: Server;
let requests = 0;
let port = 0;
let untouched: unknown;

beforeAll(async () => {
  writeFileSync(canary, `${SECRET}\n`);
  // A name without a dot, where the engine looks for relative ones.
  writeFileSync(join(folder, 'plain'), `${SECRET}\n`);
  process.chdir(folder);
  warehouse = await openWarehouse({ path });
  const view =
    'CREATE OR REPLACE VIEW metrics.example AS SELECT repo, count() AS value FROM domain.commits FINAL GROUP BY repo';
  await migrate(warehouse, { views: [{ name: 'metrics.example', sql: view }] });
  await warehouse.insert(tables.identities, [
    { person_key: 'k', identity: 'i', name: SECRET, email: SECRET },
  ]);
  server = createServer((_, response) => {
    requests++;
    response.end(SECRET);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  untouched = await world();
});
afterAll(async () => {
  process.chdir('/');
  server.close();
  await warehouse.close();
});

async function ask(
  sql: string,
  { format = 'TSV', params }: { format?: string; params?: QueryParams } = {},
): Promise<string> {
  let text = '';
  for await (const chunk of runGatedQuery({ path }, sql, format, params)) {
    text += Buffer.from(chunk).toString();
  }
  return text;
}

/** Everything that a query could have changed: files, schema, rows. */
async function world(): Promise<unknown> {
  const schema = await warehouse.query(
    "SELECT database, name, total_rows FROM system.tables WHERE database NOT IN ('system') ORDER BY database, name",
  );
  return {
    schema,
    databases: await warehouse.query('SELECT name FROM system.databases ORDER BY name'),
    functions: await warehouse.query("SELECT name FROM system.functions WHERE origin != 'System'"),
    files: readdirSync(folder),
    canary: readFileSync(canary, 'utf8'),
    requests,
  };
}

describe('what does not only read what an analyst may', () => {
  it('is refused, reads nothing and changes nothing', async () => {
    const hostile = [
      `SELECT file('${canary}')`,
      `SELECT * FROM file('${canary}', 'LineAsString')`,
      'SELECT * FROM default.plain',
      `SELECT * FROM url('http://127.0.0.1:${String(port)}', 'LineAsString')`,
      `SELECT 1; SELECT 'x' INTO OUTFILE '${join(folder, 'out')}'`,
      'INSERT INTO ops.cursors SELECT * FROM ops.cursors',
      'DROP TABLE ops.cursors',
      'SELECT * FROM private.identities',
      'SELECT * FROM plain',
      'SET readonly = 0',
    ];
    for (const sql of hostile) {
      const error: unknown = await ask(sql).catch((reason: unknown) => reason);
      expect(error, sql).toMatchObject({
        code: expect.stringMatching(/^query-(refused|invalid)$/) as string,
        exitCode: 2,
      });
      expect(String(error)).not.toContain(SECRET);
    }
    expect(existsSync(join(folder, 'out'))).toBe(false);
    expect(await world()).toEqual(untouched);
  });

  it('is told why, and what to do instead', async () => {
    await expect(ask('SELECT 1 FORMAT JSON')).rejects.toMatchObject({
      next: expect.stringContaining('--format') as string,
    });
    await expect(ask("SELECT 1 INTO OUTFILE 'x'")).rejects.toMatchObject({
      next: expect.stringContaining('> <file>') as string,
    });
    await expect(ask('SELECT 1; SELECT 2')).rejects.toMatchObject({
      message: expect.stringContaining('more than one statement') as string,
    });
    await expect(ask('DROP TABLE ops.cursors')).rejects.toMatchObject({
      message: expect.stringContaining('only reads') as string,
    });
    await expect(ask('SELECT * FROM private.identities')).rejects.toMatchObject({
      message: expect.stringContaining('private') as string,
    });
    await expect(ask('SELECT nope FROM domain.commits')).rejects.toMatchObject({
      message: expect.stringContaining('nope') as string,
    });
    const { length } = String(await ask('SELECT 1 1').catch((reason: unknown) => reason));
    expect(length).toBeLessThan(300);
  });
});

describe('an honest statement runs:', () => {
  it.each([
    'SELECT 1',
    'select 1 -- with a comment',
    'SELECT 1;',
    'FROM numbers(3) SELECT number',
    '(SELECT 1) UNION ALL (SELECT 2)',
    'SELECT 1 INTERSECT SELECT 1 EXCEPT SELECT 2',
    'SELECT repo, value FROM metrics.example ORDER BY value DESC LIMIT 10',
    'SELECT count() FROM domain.commits FINAL WHERE committed_at > now() - INTERVAL 30 DAY',
    `WITH recent AS (SELECT * FROM domain.deployments FINAL WHERE finished_at >= '2024-01-01')
     SELECT service, count() AS "deployments (all)", uniqExactIf(sha, is_counted), quantileExactInclusive(0.9)(1) FROM recent GROUP BY service`,
    'WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT sum(n) FROM t',
    'SELECT toStartOfWeek(finished_at, 1) AS week, countIf(is_failure) / count() FROM facts.deployment_outcomes FINAL GROUP BY week ORDER BY week WITH FILL',
    'SELECT a.repo, b.sha FROM domain.commits AS a LEFT JOIN facts.commit_deployments AS b ON a.repo = b.repo AND a.sha = b.sha WHERE a.sha IN (SELECT sha FROM domain.commits)',
    'SELECT arrayMap(x -> upper(x), paths), arrayJoin(parents), paths[1] FROM domain.commits ARRAY JOIN parents AS parent',
    'SELECT sum(1) OVER w, row_number() OVER (ORDER BY sha), lagInFrame(sha) OVER w FROM domain.commits WINDOW w AS (PARTITION BY repo ORDER BY sha ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)',
    "SELECT * EXCEPT(sha), c.* REPLACE(upper(repo) AS repo), COLUMNS('^is_') FROM domain.deployments AS c",
    'SELECT sumOrNullIf(number, number > 3), argMaxIf(number, number, 1), groupArrayDistinct(number), avgMerge(s) FROM (SELECT number, avgState(number) AS s FROM numbers(10) GROUP BY number)',
    "SELECT CASE WHEN 1 THEN 'a' ELSE 'b' END, 1 ? 2 : 3, CAST(1, 'String'), 1::String, DATE '2024-01-01', EXTRACT(YEAR FROM now()), [1, 2], (1, 2), map('a', 1)['a'], 'a' LIKE 'b', 1 BETWEEN 0 AND 2, EXISTS(SELECT 1), NOT 1",
    'SELECT formatReadableTimeDelta(number), bar(number, 0, 10, 5) FROM numbers(3) AS a, generate_series(1, 3) AS b',
    "SELECT * FROM values('a String, b UInt8', ('x', 1))",
    'SELECT grouping(repo), repo, count() FROM domain.commits GROUP BY ROLLUP(repo) HAVING count() > 0 LIMIT 1 BY repo',
    'SELECT name FROM system.tables WHERE database = currentDatabase()',
    'SELECT version()',
    'SELECT url, ref, status, number, title FROM domain.deployments, facts.changes',
    'SHOW DATABASES',
    'SHOW TABLES FROM metrics',
    'SHOW COLUMNS FROM commits FROM domain',
    'SHOW CREATE TABLE domain.commits',
    'SHOW CREATE VIEW metrics.example',
    'DESCRIBE metrics.example',
    'DESCRIBE (SELECT 1 AS a)',
    'EXISTS domain.commits',
    'EXISTS DATABASE domain',
    "SELECT 'INTO OUTFILE', 'FORMAT JSON', 'SETTINGS a = 1' AS `FORMAT JSON`",
  ])('%s', async (sql) => {
    await expect(ask(sql)).resolves.toEqual(expect.any(String));
  });

  it('every column of every table can be selected by its bare name', async () => {
    for (const { qualified, columns, database } of Object.values(tables)) {
      if (database === 'private' || database === 'raw') continue;
      await ask(`SELECT ${Object.keys(columns).join(', ')} FROM ${qualified} FINAL LIMIT 1`);
    }
  });

  it('with bound values, in any format', async () => {
    const sql = 'SELECT {s:String} AS s, {n:UInt8} AS n, {at:DateTime64(3)} AS at, {l:Array(String)} AS l';
    const params = { s: "it's\t--", n: '7', at: '2024-01-01 00:00:00', l: "['a','b']" };
    expect(await ask(sql, { format: 'JSONEachRow', params })).toBe(
      '{"s":"it\'s\\t--","n":7,"at":"2024-01-01 00:00:00.000","l":["a","b"]}\n',
    );
    await expect(ask('SELECT {n:UInt8}', { params: { n: 'seven' } })).rejects.toMatchObject({
      code: 'query-invalid',
    });
    await expect(ask('SELECT {missing:UInt8}')).rejects.toMatchObject({ code: 'query-invalid' });
    await expect(ask('SELECT 1', { format: 'Nonsense' })).rejects.toMatchObject({ code: 'query-invalid' });
  });

  it('within its limits', async () => {
    // A result over 4 GB would end the process in the engine's binding.
    const huge = "SELECT repeat('x', 1000000) FROM numbers(6000)";
    for (const format of ['TSV', 'JSON']) {
      await expect(ask(huge, { format })).rejects.toMatchObject({ code: 'memory-limit' });
    }
  });

  it('only where there is a warehouse', async () => {
    mkdirSync(join(folder, 'empty'), { recursive: true });
    const missing = runGatedQuery({ path: join(folder, 'nothing') }, 'SELECT 1', 'TSV');
    await expect(missing[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'warehouse-missing' });
  });
});
