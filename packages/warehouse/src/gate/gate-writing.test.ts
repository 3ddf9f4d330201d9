import { describe, expect, it } from 'vitest';
import { gatedWarehouse } from '../../test/gated-warehouse.ts';
import { assertTables, readPresent } from '../migrated-tables.ts';
import { readMigrations, renderStatements } from '../migrations.ts';
import type { Warehouse } from '../warehouse.ts';

const { admit, ask } = gatedWarehouse();

describe('an insert', () => {
  it.each([
    [
      'INSERT INTO domain.bot_findings (repo, number) FORMAT JSONEachRow',
      ['repo', 'number'],
      'JSONEachRow',
      null,
    ],
    ["insert into bot_findings values ('a', 1); ", [], 'Values', " ('a', 1); "],
    ['INSERT INTO domain.bot_findings FORMAT CSV\na,1\n', [], 'CSV', 'a,1\n'],
    [
      '/* x */ INSERT INTO domain.`bot_findings` (repo) SETTINGS async_insert = 1 FORMAT TSV\nSELECT 1; DROP',
      ['repo'],
      'TSV',
      'SELECT 1; DROP',
    ],
    ['INSERT INTO domain.bot_findings FORMAT Native', [], 'Native', null],
    ['INSERT INTO domain.bot_findings FORMAT CSV SETTINGS async_insert = 0\na,1\n', [], 'CSV', 'a,1\n'],
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
    'TRUNCATE TABLE ops.staging_domain_commits_1',
    'CREATE TABLE ops.staging_x (n UInt8) ENGINE = MergeTree ORDER BY n',
    `INSERT INTO facts.changes (change_id, repo) SELECT sha, repo FROM domain.commits FINAL
     WHERE (repo, cityHash64(toString(tuple(sha)))) NOT IN (SELECT repo, cityHash64(toString(tuple(change_id))) FROM facts.changes FINAL)`,
    'INSERT INTO domain.commits SELECT * FROM domain.commits SETTINGS max_threads = 2, max_insert_threads = 1',
  ])('may: %s', async (sql) => {
    await expect(admit('operator', sql)).resolves.toMatchObject({ kind: 'command' });
  });

  it.each([
    'DROP DATABASE private',
    'DROP DATABASE IF EXISTS `private` SYNC',
    'CREATE DATABASE other',
    'DROP TABLE domain.commits',
    'DROP TABLE IF EXISTS metrics.example SYNC',
    'DROP TABLE domain.staging_x',
    'TRUNCATE TABLE private.identities',
    'TRUNCATE facts.changes',
    'CREATE TABLE ops.mine (n UInt8) ENGINE = MergeTree ORDER BY n',
    'CREATE OR REPLACE TABLE domain.commits AS ops.staging_domain_commits_1',
    'CREATE OR REPLACE VIEW metrics.example AS SELECT 1 AS value',
    'CREATE VIEW ops.staging_view AS SELECT 1 AS value',
    'DROP VIEW IF EXISTS metrics.example',
    'ALTER TABLE domain.commits DROP COLUMN repo',
    'ALTER TABLE domain.commits ADD COLUMN x UInt8',
    "ALTER TABLE domain.commits DROP PARTITION ID 'all'",
    'ALTER TABLE domain.commits DELETE WHERE 0, DROP COLUMN subject',
    'ALTER TABLE domain.commits DROP COLUMN subject, DELETE WHERE 0',
    'ALTER TABLE domain.commits MODIFY TTL toDateTime(0) + toIntervalDay(1)',
    "ALTER TABLE domain.commits UPDATE subject = '' WHERE 1",
    'ALTER TABLE domain.commits ATTACH PARTITION ALL FROM facts.changes',
    'ALTER TABLE domain.commits ATTACH PARTITION ALL FROM `ops`.`staging_x`, DROP COLUMN subject',
  ])('changes no table that migrations made: %s', async (sql) => {
    await expect(admit('operator', sql)).rejects.toMatchObject({
      code: 497,
      message: expect.stringContaining('stop the server, and let bellwether migrate') as string,
    });
  });

  // The server migrates when it starts, and not through its own gate; commands beside it only compare.
  it('leaves migrating to the server', async () => {
    for (const migration of await readMigrations()) {
      for (const sql of renderStatements(migration.sql, {})) {
        await expect(admit('operator', sql), sql.slice(0, 80)).rejects.toMatchObject({ code: 497 });
      }
    }
  });

  it.each(['operator', 'analyst'] as const)('and each command beside one, %s, compares', async (role) => {
    const query = async (sql: string): Promise<unknown> =>
      (await ask(role, sql)).map((present) => ({ present }));
    const served = { kind: 'served', query } as Warehouse;
    const known = await readMigrations();
    const log = known.map(({ name, checksum }) => ({ kind: 'migration' as const, name, checksum }));
    const present = new Set(await readPresent(served));
    expect(present).toContain('metrics.example');
    expect(present.has('private.identities')).toBe(role === 'operator');
    assertTables(served, known, log, present);
    present.delete('facts.changes');
    expect(() => {
      assertTables(served, known, log, present);
    }).toThrow('facts.changes');
  });

  it('reads how the engine is', async () => {
    for (const table of ['parts', 'mutations', 'processes', 'detached_parts', 'merges', 'disks', 'tables']) {
      await expect(admit('operator', `SELECT count() FROM system.${table}`)).resolves.toMatchObject({
        kind: 'select',
      });
    }
  });
});
