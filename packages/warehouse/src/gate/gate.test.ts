import type { Role } from '@bellwether/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryWarehouse } from '../../test/temporary-warehouse.ts';
import { EmbeddedEngine } from '../embedded-engine.ts';
import type { Engine } from '../engine.ts';
import { migrate } from '../migrate.ts';
import { readMigrations, renderStatements } from '../migrations.ts';
import type { Admitted, GateRequest } from '../serving/served-warehouse.ts';
import { createGate, type Gate } from './gate.ts';

const temporary = temporaryWarehouse();
let engine: EmbeddedEngine;
let gate: Gate;
let questions = 0;

beforeAll(async () => {
  const view = 'CREATE OR REPLACE VIEW metrics.example AS SELECT repo, 1 AS value FROM domain.commits FINAL';
  await migrate(temporary.warehouse, { views: [{ name: 'metrics.example', sql: view }] });
  engine = await EmbeddedEngine.open({
    path: temporary.path,
    readOnly: { seconds: 10, memoryBytes: 1024 ** 3 },
  });
  const counting: Engine = {
    kind: engine.kind,
    run: (sql, options) => {
      questions++;
      return engine.run(sql, options);
    },
    stream: (sql, options) => engine.stream(sql, options),
    insert: (target, body) => engine.insert(target, body),
    close: () => engine.close(),
  };
  gate = createGate(counting);
});
afterAll(() => engine.close());

function admit(role: Role, sql: string, request: Partial<GateRequest> = {}): Promise<Admitted> {
  return gate.admit({ role, sql, database: 'default', params: {}, ...request });
}

async function ask(role: Role, sql: string, request: Partial<GateRequest> = {}): Promise<string[]> {
  const admitted = await admit(role, sql, request);
  expect(admitted.database).toBe('metrics');
  const bytes = await engine.run(admitted.sql, { lane: 'text', format: 'TSV', params: request.params });
  return Buffer.from(bytes).toString().split('\n').filter(Boolean);
}

describe('what clients ask when they connect is answered with what the role may read:', () => {
  it('the name and version of the server', async () => {
    const [row = ''] = await ask('dashboards', 'SELECT displayName(), version(), revision(), timezone()');
    expect(row).toMatch(/^bellwether\t\d+\.\d+/);
    const { sql } = await admit('dashboards', 'SELECT displayName() AS name, displayName()');
    expect(sql).toBe("SELECT 'bellwether' AS name, 'bellwether' AS `displayName()`");
  });

  it.each<[Role, string[]]>([
    ['dashboards', ['metrics']],
    ['analyst', ['domain', 'facts', 'metrics', 'ops']],
    ['bot', ['domain', 'facts', 'metrics']],
    [
      'operator',
      [
        'INFORMATION_SCHEMA',
        'default',
        'domain',
        'facts',
        'information_schema',
        'metrics',
        'ops',
        'private',
        'raw',
        'system',
      ],
    ],
  ])('databases for %s', async (role, databases) => {
    expect(await ask(role, 'SHOW DATABASES')).toEqual(databases);
    expect(await ask(role, 'SELECT name FROM system.databases ORDER BY name')).toEqual(databases);
    if (role === 'operator') return;
    expect(
      await ask(role, 'SELECT DISTINCT schema_name FROM information_schema.schemata ORDER BY 1'),
    ).toEqual(databases);
    const having = databases.filter((name) => name !== 'facts' || role !== 'dashboards');
    expect(await ask(role, 'SELECT DISTINCT database FROM system.columns ORDER BY 1')).toEqual(having);
  });

  it('tables, in all ways that clients ask for them', async () => {
    const status = ['collector_runs', 'cursors', 'derivations', 'migrations', 'truncations'];
    expect(await ask('analyst', 'SHOW TABLES FROM ops')).toEqual(status);
    expect(await ask('bot', 'SHOW TABLES FROM ops')).toEqual([]);
    expect(await ask('dashboards', 'SHOW TABLES')).toEqual(['example']);
    expect(await ask('dashboards', 'SHOW TABLES FROM "metrics" LIKE \'ex%\' LIMIT 1')).toEqual(['example']);
    expect(await ask('analyst', "SHOW TABLES FROM ops WHERE name > 'd' LIMIT 2")).toEqual([
      'derivations',
      'migrations',
    ]);
    expect(
      await ask('analyst', "SELECT t.name FROM system.tables AS t WHERE t.database = 'ops' ORDER BY 1"),
    ).toEqual(status);
    const joined =
      "SELECT system.tables.name FROM system.tables JOIN system.columns AS c ON c.table = system.tables.name AND c.database = system.tables.database WHERE c.name = 'cursor'";
    expect(await ask('analyst', joined)).toEqual(['cursors']);
    expect(
      await ask('analyst', 'SELECT name FROM tables WHERE database = {d:String} ORDER BY 1 LIMIT 1', {
        database: 'system',
        params: { d: 'ops' },
      }),
    ).toEqual(['collector_runs']);
    expect(await ask('operator', 'SHOW TABLES FROM private')).toEqual(['identities']);
  });

  it('columns of a table', async () => {
    for (const sql of ['DESC TABLE "metrics"."example"', 'DESCRIBE example', 'SHOW COLUMNS FROM example']) {
      expect((await ask('dashboards', sql)).map((line) => line.split('\t')[0])).toEqual(['repo', 'value']);
    }
    const [create] = await ask('dashboards', 'SHOW CREATE TABLE example');
    expect(create).toContain('CREATE VIEW metrics.example');
    expect(await ask('dashboards', 'EXISTS TABLE example')).toEqual(['1']);
    expect(await ask('dashboards', 'EXISTS metrics.nothing')).toEqual(['0']);
    expect(
      await ask('dashboards', "SELECT data_paths, metadata_path FROM system.tables WHERE name = 'example'"),
    ).toEqual(['[]\t']);
  });

  it('functions, settings and formats', async () => {
    expect(await ask('dashboards', "SHOW FUNCTIONS LIKE 'arrayMap'")).toEqual(['arrayMap']);
    expect(await ask('dashboards', "SELECT name FROM system.settings WHERE name = 'max_threads'")).toEqual([
      'max_threads',
    ]);
    expect(await ask('dashboards', "SELECT name FROM system.formats WHERE name = 'Native'")).toEqual([
      'Native',
    ]);
  });
});

describe('what stands for a table of the system', () => {
  it('tells nothing of other rows by the errors of a condition that meets them', async () => {
    const failure: unknown = await ask(
      'dashboards',
      'SELECT count() FROM system.columns WHERE toUInt64(database) = 1',
    ).catch((reason: unknown) => reason);
    expect(String(failure)).toContain("'metrics'");
  });

  it('cannot be written, or named, by anybody else', async () => {
    const { sql } = await admit('dashboards', 'SELECT name FROM system.tables');
    expect(sql).toContain('bellwether_visible');
    for (const attempt of [
      sql,
      "WITH 'metrics' AS `bellwether_visible.database` SELECT name FROM system.tables",
      'SELECT 1 AS BELLWETHER_VISIBLE',
    ]) {
      await expect(admit('dashboards', attempt)).rejects.toMatchObject({ code: 48 });
    }
    const params = { t: 'bellwether_visible' };
    await expect(admit('dashboards', 'SELECT 1 FROM {t:Identifier}', { params })).rejects.toMatchObject({
      code: 48,
    });
  });
});

describe('the database of a request', () => {
  it('is one that the role may read as a whole, else names behind FROM get theirs', async () => {
    await expect(admit('analyst', 'SELECT * FROM commits', { database: 'domain' })).resolves.toMatchObject({
      database: 'domain',
    });
    await expect(admit('analyst', 'SELECT cursor FROM cursors', { database: 'ops' })).resolves.toMatchObject({
      database: 'metrics',
      sql: 'SELECT cursor FROM `ops`.cursors',
    });
    await expect(
      admit('dashboards', 'SELECT * FROM processes', { database: 'system' }),
    ).resolves.toMatchObject({ database: 'metrics' });
    await expect(admit('operator', 'TRUNCATE TABLE records', { database: 'raw' })).resolves.toMatchObject({
      sql: 'TRUNCATE TABLE `raw`.`records`',
    });
    await expect(admit('operator', 'OPTIMIZE TABLE x')).resolves.toMatchObject({
      sql: 'OPTIMIZE TABLE `metrics`.`x`',
    });
  });

  it('is unknown alike when it does not exist and when it is not for the role', async () => {
    for (const database of ['private', 'nothing']) {
      await expect(admit('analyst', 'SELECT 1', { database })).rejects.toMatchObject({
        code: 81,
        message: `Database ${database} does not exist`,
      });
    }
  });
});

describe('clauses at the end of a statement are taken off it:', () => {
  it.each([
    ['SELECT 1 FORMAT JSON', 'SELECT 1', 'JSON', {}],
    ['SELECT 1 SETTINGS max_threads = 2 FORMAT CSV', 'SELECT 1', 'CSV', { max_threads: '2' }],
    [
      "SELECT 1 FORMAT TSV SETTINGS extremes = true, format_csv_delimiter = ';'",
      'SELECT 1',
      'TSV',
      { extremes: '1', format_csv_delimiter: ';' },
    ],
    ['SELECT 1 UNION ALL SELECT 2 SETTINGS async_insert = 1', 'SELECT 1 UNION ALL SELECT 2', null, {}],
    ['DESCRIBE example FORMAT JSON', 'DESCRIBE TABLE `metrics`.`example`', 'JSON', {}],
    ["SELECT 'FORMAT JSON' AS `SETTINGS a = 1`", "SELECT 'FORMAT JSON' AS `SETTINGS a = 1`", null, {}],
    [
      'SELECT format FROM (SELECT 1 AS format) ORDER BY format',
      'SELECT format FROM (SELECT 1 AS format) ORDER BY format ASC',
      null,
      {},
    ],
  ])('%s', async (sql, bare, format, settings) => {
    await expect(admit('dashboards', sql)).resolves.toMatchObject({ sql: bare, format, settings });
  });
});

describe('parameters', () => {
  it('stay where they are values, and become names where they are names', async () => {
    const params = { d: 'domain', t: 'commits', n: '3' };
    const { sql } = await admit('analyst', 'SELECT {n:UInt8} FROM {d:Identifier}.{t:Identifier}', { params });
    expect(sql).toBe('SELECT {n:UInt8} FROM `domain`.`commits`');
    const elsewhere = { ...params, d: 'private', t: 'identities' };
    await expect(
      admit('analyst', 'SELECT {n:UInt8} FROM {d:Identifier}.{t:Identifier}', { params: elsewhere }),
    ).rejects.toMatchObject({ code: 497 });
  });

  it('that are missing or no names are named', async () => {
    await expect(admit('analyst', 'SELECT {missing:UInt8}')).rejects.toMatchObject({
      code: 456,
      message: 'Substitution `missing` is not set',
    });
    await expect(admit('analyst', 'SELECT {constructor:UInt8}')).rejects.toMatchObject({ code: 456 });
    await expect(admit('analyst', 'SELECT {missing:Nullable(UInt8)}')).resolves.toMatchObject({
      kind: 'select',
    });
    for (const t of ['', 'a`b', 'a\nb', 'a\\b']) {
      await expect(admit('analyst', 'SELECT 1 FROM {t:Identifier}', { params: { t } })).rejects.toMatchObject(
        { code: 457 },
      );
    }
  });
});

describe('an insert', () => {
  it.each([
    [
      'INSERT INTO domain.bot_findings (repo, number) FORMAT JSONEachRow',
      ['repo', 'number'],
      'JSONEachRow',
      null,
    ],
    ["insert into bot_findings values ('a', 1); ", [], 'Values', "('a', 1); "],
    ['INSERT INTO domain.bot_findings FORMAT CSV\na,1\n', [], 'CSV', 'a,1\n'],
    [
      '/* x */ INSERT INTO domain.`bot_findings` (repo) SETTINGS async_insert = 1 FORMAT TSV\nSELECT 1; DROP',
      ['repo'],
      'TSV',
      'SELECT 1; DROP',
    ],
    ['INSERT INTO domain.bot_findings FORMAT Native', [], 'Native', null],
  ])('%s', async (sql, columns, format, data) => {
    await expect(admit('bot', sql, { database: 'domain' })).resolves.toMatchObject({
      kind: 'insert',
      format,
      insert: { table: 'domain.bot_findings', columns, data },
    });
  });

  it('goes into the tables of the role alone', async () => {
    await expect(admit('bot', 'INSERT INTO domain.lint_reports FORMAT TSV')).resolves.toMatchObject({
      kind: 'insert',
    });
    await expect(admit('bot', 'INSERT INTO domain.commits FORMAT TSV')).rejects.toMatchObject({ code: 497 });
    await expect(admit('analyst', 'INSERT INTO domain.bot_findings FORMAT TSV')).rejects.toMatchObject({
      code: 497,
    });
    await expect(admit('operator', 'INSERT INTO private.identities FORMAT TSV')).resolves.toMatchObject({
      kind: 'insert',
    });
  });

  it('never loses rows that stand where nobody looks for them', async () => {
    await expect(
      admit('operator', "WITH x AS (SELECT 1) INSERT INTO domain.commits (repo) VALUES ('a')"),
    ).rejects.toThrow();
    await expect(admit('analyst', 'SELECT 1 FORMAT TSV\nx')).rejects.toMatchObject({ code: 62 });
  });
});

describe('an operator', () => {
  it.each([
    'CREATE OR REPLACE TABLE ops.staging_domain_commits_1 AS domain.commits',
    'ALTER TABLE domain.commits ATTACH PARTITION ALL FROM ops.staging_domain_commits_1',
    'DROP TABLE IF EXISTS ops.staging_domain_commits_1 SYNC',
    "OPTIMIZE TABLE domain.commits PARTITION ID 'all' FINAL",
    'ALTER TABLE raw.records MODIFY TTL toDateTime(fetched_at) + toIntervalDay(30) SETTINGS materialize_ttl_after_modify = 0',
    "ALTER TABLE private.identities DELETE WHERE person_key IN ('a', 'b')",
    "DELETE FROM ops.derivations WHERE side != 'domain'",
    'TRUNCATE TABLE facts.changes',
    'CREATE OR REPLACE VIEW metrics.other AS WITH x AS (SELECT repo FROM domain.commits) SELECT count() AS value FROM x',
    'DROP VIEW IF EXISTS metrics.other',
    `INSERT INTO facts.changes (change_id, repo) SELECT sha, repo FROM domain.commits FINAL
     WHERE (repo, cityHash64(toString(tuple(sha)))) NOT IN (SELECT repo, cityHash64(toString(tuple(change_id))) FROM facts.changes FINAL)`,
    'INSERT INTO domain.commits SELECT * FROM domain.commits SETTINGS max_threads = 2, max_insert_threads = 1',
  ])('may: %s', async (sql) => {
    await expect(admit('operator', sql)).resolves.toMatchObject({ kind: 'command' });
  });

  it('may migrate', async () => {
    for (const migration of await readMigrations()) {
      for (const sql of renderStatements(migration.sql, {})) {
        await expect(admit('operator', sql), sql.slice(0, 80)).resolves.toMatchObject({ kind: 'command' });
      }
    }
  });

  it('reads how the engine is', async () => {
    for (const table of ['parts', 'mutations', 'processes', 'detached_parts', 'merges', 'disks', 'tables']) {
      await expect(admit('operator', `SELECT count() FROM system.${table}`)).resolves.toMatchObject({
        kind: 'select',
      });
    }
  });
});

describe('a statement that was asked before', () => {
  it('costs no question to the engine', async () => {
    await admit('analyst', 'SELECT count() FROM domain.commits WHERE sha = {s:String}', {
      params: { s: 'a' },
    });
    const before = questions;
    const again = await admit('analyst', 'SELECT count() FROM domain.commits WHERE sha = {s:String}', {
      params: { s: 'b' },
    });
    expect(questions).toBe(before);
    expect(again.kind).toBe('select');
    await admit('analyst', 'SELECT count() FROM domain.deployments');
    expect(questions).toBe(before + 2);
  });

  it('is decided anew for another role', async () => {
    await admit('analyst', 'SELECT count() FROM facts.changes');
    await expect(admit('dashboards', 'SELECT count() FROM facts.changes')).rejects.toMatchObject({
      code: 497,
    });
  });
});
