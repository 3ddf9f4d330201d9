import type { Role } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import { gatedWarehouse } from '../../test/gated-warehouse.ts';

const gated = gatedWarehouse();
const { admit, ask } = gated;

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
    // As JDBC does it, and so DBeaver: under another name and under its own.
    const renamed =
      'SELECT t.name FROM system.tables t JOIN system.databases d ON system.tables.database = system.databases.name';
    expect(await ask('dashboards', renamed)).toEqual(['example']);
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
    await expect(admit('operator', 'TRUNCATE TABLE staging_x', { database: 'ops' })).resolves.toMatchObject({
      sql: 'TRUNCATE TABLE `ops`.`staging_x`',
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

describe('functions whose work for one row has no end', () => {
  it.each(['levenshteinDistance', 'EDITDISTANCE', 'damerauLevenshteinDistanceIf', 'jaroSimilarity'])(
    '%s',
    async (name) => {
      const sql = `SELECT ${name}(repeat('a', 60000), repeat('b', 60000)) FROM numbers(12)`;
      await expect(admit('operator', sql)).rejects.toMatchObject({ code: 497 });
    },
  );
});

describe('clauses at the end of a statement are taken off it:', () => {
  it.each([
    ['SELECT 1 FORMAT JSON', 'SELECT 1', 'JSON', {}],
    ['SELECT 1 FORMAT Null', 'SELECT 1', 'Null', {}],
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

describe('a statement that was asked before', () => {
  it('costs no question to the engine', async () => {
    await admit('analyst', 'SELECT count() FROM domain.commits WHERE sha = {s:String}', {
      params: { s: 'a' },
    });
    const before = gated.questions;
    const again = await admit('analyst', 'SELECT count() FROM domain.commits WHERE sha = {s:String}', {
      params: { s: 'b' },
    });
    expect(gated.questions).toBe(before);
    expect(again.kind).toBe('select');
    await admit('analyst', 'SELECT count() FROM domain.deployments');
    expect(gated.questions).toBe(before + 2);
  });

  it('and costs one question, its spelling, where only whole numbers are others', async () => {
    const between = (from: number): string =>
      `SELECT count() FROM domain.commits WHERE toUnixTimestamp(committed_at) BETWEEN ${String(from)} AND 9`;
    await admit('analyst', between(1));
    const before = gated.questions;
    const again = await admit('analyst', between(2));
    expect(gated.questions).toBe(before + 1);
    expect(again.sql).toContain('>= 2');
    // What is refused is looked at each time, and so is what has rows of ours in it.
    for (const number of [1, 2]) {
      const secret = admit('analyst', `SELECT ${String(number)} FROM private.identities`);
      await expect(secret).rejects.toMatchObject({ code: 497 });
      await admit('analyst', `SELECT ${String(number)} FROM system.tables`);
    }
    expect(gated.questions).toBe(before + 1 + 4 + 4);
  });

  it('is decided anew for another role', async () => {
    await admit('analyst', 'SELECT count() FROM facts.changes');
    await expect(admit('dashboards', 'SELECT count() FROM facts.changes')).rejects.toMatchObject({
      code: 497,
    });
  });
});
