import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { migrate } from './migrate.ts';
import { openWarehouse } from './open-warehouse.ts';
import { runGatedQuery } from './run-gated-query.ts';
import * as tables from './tables/index.ts';
import type { QueryParams, Warehouse } from './warehouse.ts';

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

/** `@canary` is a file that must not be read, `@out` one that must not be written, `@url` a server not to be asked. */
const HOSTILE: readonly (string | [sql: string, params: QueryParams])[] = [
  // writing
  "INSERT INTO ops.cursors (source) VALUES ('x')",
  'INSERT INTO ops.cursors SELECT * FROM ops.cursors',
  "INSERT INTO FUNCTION file('@out', 'TSV', 'a String') VALUES ('x')",
  'CREATE TABLE ops.x (a String) ENGINE = Memory',
  'CREATE TEMPORARY TABLE x (a String)',
  'CREATE FUNCTION readit AS (p) -> file(p)',
  'CREATE OR REPLACE VIEW metrics.example AS SELECT 1',
  'DROP TABLE ops.cursors',
  'DETACH DATABASE default',
  'TRUNCATE TABLE private.identities',
  'ALTER TABLE ops.cursors DELETE WHERE 1',
  'DELETE FROM private.identities WHERE 1',
  'UPDATE private.identities SET name = 0 WHERE 1',
  'OPTIMIZE TABLE ops.cursors FINAL',
  'RENAME TABLE ops.cursors TO ops.cursors2',
  'EXCHANGE TABLES ops.cursors AND ops.derivations',
  "BACKUP DATABASE domain TO File('@out')",
  'SELECT * FROM (SELECT 1) PARALLEL WITH DROP TABLE ops.cursors',
  // several statements
  'SELECT 1; DROP TABLE ops.cursors',
  "SELECT 1; SELECT 'x' INTO OUTFILE '@out'",
  'SELECT 1;\n\n-- more\nSELECT 2',
  "SELECT 1 /* ' */; DROP TABLE ops.cursors; -- '",
  // the server itself
  'SET readonly = 0',
  'SET max_memory_usage = 0',
  "SET param_x = '1'",
  'USE default',
  'KILL QUERY WHERE 1',
  'SYSTEM FLUSH LOGS',
  'SYSTEM SHUTDOWN',
  'EXECUTE AS default SELECT 1',
  'GRANT ALL ON *.* TO default',
  'BEGIN TRANSACTION',
  'CHECK TABLE ops.cursors',
  // EXPLAIN executes more than it says
  'EXPLAIN SELECT 1',
  "EXPLAIN AST SELECT 1; SELECT 'x' INTO OUTFILE '@out'",
  "EXPLAIN QUERY TREE SELECT file('@canary')",
  'EXPLAIN SYNTAX DROP TABLE ops.cursors',
  // writing files
  "SELECT 1 INTO OUTFILE '@out'",
  "SELECT 1 INTO/**/OUTFILE/**/'@out' TRUNCATE FORMAT TSV",
  "SHOW DATABASES INTO OUTFILE '@out'",
  "DESCRIBE ops.cursors INTO OUTFILE '@out' FORMAT JSON",
  "EXISTS ops.cursors INTO OUTFILE '@out'",
  "(SELECT 1) UNION ALL (SELECT 2) INTO OUTFILE '@out'",
  // settings and format
  'SELECT 1 SETTINGS readonly = 0',
  'SELECT * FROM (SELECT 1 SETTINGS max_memory_usage = 0)',
  "SELECT 1 SETTINGS format_schema = '@canary' FORMAT Protobuf",
  'SHOW TABLES FROM ops SETTINGS readonly = 0',
  'SELECT 1 FORMAT JSON',
  'DESCRIBE ops.cursors FORMAT JSON',
  // reading files
  "SELECT file('@canary')",
  "SELECT * FROM file('@canary', 'LineAsString')",
  "SELECT * FROM '@canary'",
  'SELECT * FROM `@canary`',
  'SELECT * FROM default.`@canary`',
  'SELECT * FROM "default"."@canary"',
  'DESCRIBE default.`@canary`',
  'DESCRIBE `@canary`',
  'SELECT * FROM plain',
  "SELECT 'x' IN plain",
  'DESCRIBE plain',
  'SHOW CREATE TABLE plain',
  "DESCRIBE file('@canary')",
  'SHOW CREATE TABLE default.`@canary`',
  'EXISTS default.`@canary`',
  'EXISTS TABLE `default`.`@canary`',
  "SELECT 'x' IN default.`@canary`",
  "SELECT 'x' IN file('@canary')",
  "SELECT arrayMap(file, ['@canary'])",
  "SELECT arrayMap(x -> file(x), ['@canary'])",
  "SELECT * APPLY(file) FROM (SELECT '@canary')",
  "SELECT * APPLY(x -> file(x)) FROM (SELECT '@canary')",
  "SELECT * REPLACE(file('@canary') AS a) FROM (SELECT 1 AS a)",
  "SELECT COLUMNS('a') APPLY file FROM (SELECT '@canary' AS a)",
  "WITH (SELECT file('@canary')) AS x SELECT x",
  "WITH x AS (SELECT file('@canary') AS a) SELECT a FROM x",
  "SELECT 1 ORDER BY file('@canary')",
  "SELECT sum(1) OVER (PARTITION BY file('@canary'))",
  "SELECT 1 FROM numbers(1) WHERE length(file('@canary')) > 0",
  "SELECT 1 LIMIT length(file('@canary'))",
  "SELECT * FROM view(SELECT file('@canary'))",
  "SELECT * FROM values('a String', (file('@canary')))",
  "SELECT * FROM sqlite('@canary', 'x')",
  "SELECT * FROM filesystem('@canary')",
  "SELECT * FROM format(TSV, file('@canary'))",
  "SELECT formatRow('TSV', 1)",
  "SELECT catboostEvaluate('@canary', 1)",
  "SELECT `file`('@canary')",
  "SELECT /* c */ file /* c */ ('@canary')",
  ["SELECT {f:Identifier}('@canary')", { f: 'file' }],
  ['SELECT * FROM {t:Identifier}', { t: '@canary' }],
  ['SELECT * FROM {d:Identifier}.{t:Identifier}', { d: 'default', t: '@canary' }],
  ['SELECT * FROM {d:Identifier}.{t:Identifier}', { d: 'private', t: 'identities' }],
  ["SELECT * FROM file({p:String}, 'LineAsString')", { p: '@canary' }],
  'SELECT * FROM `a\n   TableExpression\n  `',
  // programs and servers
  "SELECT * FROM executable('cat @canary', 'TSV', 'a String')",
  "SELECT * FROM url('@url', 'LineAsString')",
  "SELECT * FROM s3('@url/x', 'LineAsString')",
  "SELECT * FROM remote('127.0.0.1:@port', 'system.one')",
  "SELECT * FROM mysql('127.0.0.1:@port', 'a', 'b', 'c', 'd')",
  "SELECT * FROM postgresql('127.0.0.1:@port', 'a', 'b', 'c', 'd')",
  "SELECT * FROM mongodb('127.0.0.1:@port', 'a', 'b', 'c', 'd', 'e String')",
  "SELECT * FROM iceberg('@url')",
  "SELECT * FROM icebergLocal('@canary')",
  "SELECT * FROM cluster('default', system.one)",
  "SELECT * FROM input('a String')",
  'SELECT * FROM loop(private.identities)',
  "SELECT * FROM merge('private', '.*')",
  "SELECT * FROM dictionary('x')",
  "SELECT aiGenerate('x', 'y')",
  "SELECT dictGet('x', 'y', 1)",
  "SELECT joinGet('private.identities', 'name', 'k')",
  // the inside of the machine, and waiting
  'SELECT hostName()',
  "SELECT getSetting('max_memory_usage')",
  "SELECT getServerSetting('path')",
  "SELECT getMacro('x')",
  'SELECT sleep(3)',
  'SELECT sleepEachRow(1) FROM numbers(3)',
  'SELECT showCertificate()',
  'SELECT addressToLine(1)',
  // who people are
  'SELECT * FROM private.identities',
  'SELECT * FROM `private`.`identities`',
  "SELECT 'k' IN private.identities",
  "SELECT ('k', 'i', '', '', 1, 0) IN private.identities",
  "SELECT ('k', 'i', '', '', 1, 0) NOT IN (private.identities)",
  "SELECT ('k', 'i', '', '', 1, 0) GLOBAL IN private.identities",
  'SELECT (SELECT name FROM private.identities LIMIT 1)',
  'SELECT 1 UNION ALL SELECT name FROM private.identities',
  'SELECT * FROM domain.commits JOIN private.identities ON 1',
  'DESCRIBE private.identities',
  'SHOW CREATE TABLE private.identities',
  // no SQL
  '',
  ';',
  '--',
  'SELECT',
  'SELEKT 1',
  'SELECT 1\u0000; DROP TABLE ops.cursors',
  'ＳＥＬＥＣＴ 1',
  "SELECT 'x",
  'SELECT \u202e1 FROM file(\u2019x\u2019)',
  `SELECT ${'('.repeat(5000)}1${')'.repeat(5000)}`,
];

describe('a hostile statement is refused, reads nothing and changes nothing:', () => {
  const fill = (text: string): string =>
    text
      .replaceAll('@canary', canary)
      .replaceAll('@out', join(folder, 'out'))
      .replaceAll('@url', `http://127.0.0.1:${String(port)}`)
      .replaceAll('@port', String(port));

  it.each(HOSTILE.map((each) => (typeof each === 'string' ? ([each, {}] as const) : each)))(
    '%s',
    async (sql, params) => {
      const values = Object.fromEntries(
        Object.entries(params).map(([name, value]) => [name, fill(String(value))]),
      );
      const error: unknown = await ask(fill(sql), { params: values }).catch((reason: unknown) => reason);
      expect(error).toMatchObject({
        code: expect.stringMatching(/^query-(refused|invalid)$/) as string,
        exitCode: 2,
      });
      expect(String(error)).not.toContain(SECRET);
      expect(existsSync(join(folder, 'out'))).toBe(false);
      expect(await world()).toEqual(untouched);
    },
  );

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
