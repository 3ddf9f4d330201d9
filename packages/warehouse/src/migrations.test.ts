import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { temporaryWarehouse } from '../test/temporary-warehouse.ts';
import { checksumOf, readMigrations, renderStatements } from './migrations.ts';

const folder = temporaryFolder();
const database = temporaryWarehouse();

function folderOf(files: Readonly<Record<string, string>>): URL {
  const path = mkdtempSync(join(folder, 'migrations-'));
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(path, name), sql);
  return pathToFileURL(`${path}/`);
}

describe('the numbered files', () => {
  it('are read in order', async () => {
    const files = await readMigrations(folderOf({ '0002_b.sql': 'SELECT 2', '0001_a.sql': 'SELECT 1' }));
    expect(files.map(({ id, name }) => [id, name])).toEqual([
      [1, '0001_a'],
      [2, '0002_b'],
    ]);
  });

  it.each([
    ['a gap', { '0001_a.sql': '', '0003_b.sql': '' }, '0003_b.sql stands where number 0002 belongs'],
    ['a number twice', { '0001_a.sql': '', '0001_b.sql': '' }, '0001_b.sql stands where number 0002 belongs'],
    ['a first number that is not one', { '0000_a.sql': '' }, '0000_a.sql stands where number 0001 belongs'],
    ['another name', { '0001_a.sql': '', 'notes.txt': '' }, 'notes.txt is not named like 0001_name.sql'],
  ])('are refused with %s', async (_, files, message) => {
    await expect(readMigrations(folderOf(files))).rejects.toThrow(message);
  });

  it('have the same checksum whatever git does to line ends', () => {
    expect(checksumOf('a\r\nb\r\n')).toBe(checksumOf('a\nb\n'));
    expect(checksumOf('a\nb')).not.toBe(checksumOf('a\nb '));
  });
});

describe('one set of migrations', async () => {
  const migrations = await readMigrations();
  const rendered = (cluster?: string): string[] =>
    migrations.flatMap(({ sql }) => renderStatements(sql, { cluster }));

  it('runs on the embedded engine and a single server, and each statement can run twice', async () => {
    for (const statement of rendered()) {
      expect(statement).not.toContain('{{');
      expect(statement).not.toContain('CLUSTER');
      await database.warehouse.command(statement);
    }
  });

  it('makes replicated tables on every node of a cluster', async () => {
    for (const statement of rendered("pro'd")) {
      expect(statement).toContain(String.raw`ON CLUSTER 'pro\'d'`);
      if (!/^CREATE TABLE/m.test(statement)) continue;
      expect(statement).toContain(
        "ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', _version, _deleted)",
      );
    }
    // No cluster is here to run them, but the engine's own parser takes every one.
    for (const q of rendered('prod')) {
      await database.warehouse.query('SELECT formatQuery({q:String}) AS q', { q });
    }
  });

  it('a token that nobody knows is an error', () => {
    expect(() => renderStatements('SELECT {{nobody}}', {})).toThrow('{{nobody}} is not a token');
    expect(() => renderStatements('SELECT {{}}', {})).toThrow('is not a token');
  });
});
