import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { fixedClock } from '@bellwether/core';
import { afterEach, describe, expect, it } from 'vitest';
import { Child } from '../test/child-process.ts';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { migrate, pendingMigrations, type View } from './migrate.ts';
import { assertTables, readPresent, tablesOf } from './migrated-tables.ts';
import { readMigrations } from './migrations.ts';
import { openWarehouse } from './open-warehouse.ts';
import { migrations } from './tables/index.ts';
import type { Warehouse } from './warehouse.ts';

const folder = temporaryFolder();
let open: Warehouse | undefined;
afterEach(() => open?.close());

async function fresh(): Promise<Warehouse> {
  open = await openWarehouse({ path: mkdtempSync(join(folder, 'data-')) });
  return open;
}

/** A copy of the real migrations, to be tampered with. */
function copyOfMigrations(): { url: URL; write: (name: string, sql: string) => void } {
  const path = mkdtempSync(join(folder, 'migrations-'));
  cpSync(fileURLToPath(new URL('../migrations/', import.meta.url)), path, { recursive: true });
  return { url: pathToFileURL(`${path}/`), write: (name, sql) => writeFileSync(join(path, name), sql) };
}

async function tables(warehouse: Warehouse): Promise<unknown> {
  return warehouse.query(
    `SELECT database, name, create_table_query FROM system.tables
     WHERE database IN ('domain', 'facts', 'ops', 'private', 'metrics') ORDER BY database, name`,
  );
}

describe('migrate', () => {
  it('applies what is new, in order, and says so', async () => {
    const warehouse = await fresh();
    const names = (await readMigrations()).map(({ name }) => name);
    expect(await pendingMigrations(warehouse)).toEqual(names);
    expect(await migrate(warehouse, { clock: fixedClock(1_700_000_000_000) })).toEqual(names);
    expect(await pendingMigrations(warehouse)).toEqual([]);
    expect(await migrate(warehouse)).toEqual([]);
    const rows = await warehouse.readRows(migrations, ['name', 'id', 'statement_count', 'applied_at']);
    expect(rows).toContainEqual({
      name: '0001_databases',
      id: 1,
      statement_count: 5,
      applied_at: 1_700_000_000_000,
    });

    const { url, write } = copyOfMigrations();
    const next = String(names.length + 1).padStart(4, '0');
    write(`${next}_more.sql`, 'ALTER TABLE ops.cursors {{on_cluster}} ADD COLUMN IF NOT EXISTS extra String');
    expect(await migrate(warehouse, { folder: url })).toEqual([`${next}_more`]);
    expect(await warehouse.query('SELECT extra FROM ops.cursors')).toEqual([]);

    await expect(migrate(warehouse)).rejects.toMatchObject({ code: 'warehouse-newer', retry: 'no' });
  });

  it('refuses a file that was edited after it ran', async () => {
    const warehouse = await fresh();
    await migrate(warehouse);
    const { url, write } = copyOfMigrations();
    write('0001_databases.sql', 'CREATE DATABASE IF NOT EXISTS domain');
    const error: unknown = await migrate(warehouse, { folder: url }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'migration-edited' });
    expect((error as { next: string }).next).toContain('0001_databases.sql');
  });

  it('says which statement failed, keeps what ran, and goes on when it is mended', async () => {
    const warehouse = await fresh();
    const { url, write } = copyOfMigrations();
    const name = `${String((await readMigrations()).length + 1).padStart(4, '0')}_broken`;
    write(
      `${name}.sql`,
      'CREATE TABLE IF NOT EXISTS ops.first (a String) ENGINE = MergeTree ORDER BY a; CREATE TABEL x;',
    );
    await expect(migrate(warehouse, { folder: url })).rejects.toMatchObject({
      code: 'migration-failed',
      message: expect.stringContaining(`${name}, statement 2 of 2`) as string,
    });
    expect(await pendingMigrations(warehouse, { folder: url })).toEqual([name]);
    write(`${name}.sql`, 'CREATE TABLE IF NOT EXISTS ops.first (a String) ENGINE = MergeTree ORDER BY a;');
    expect(await migrate(warehouse, { folder: url })).toEqual([name]);
  });

  it('killed in the middle, then run again, makes the same tables', async () => {
    const { url } = copyOfMigrations();
    const path = join(folder, 'killed');
    mkdirSync(path);
    for (const statement of ['ran 3', 'ran 9', 'ran 12']) {
      const child = new Child('migrate', [path, url.href]);
      await child.line(statement);
      await child.kill();
      expect(child.lines).not.toContain('migrated');
    }
    const killed = await openWarehouse({ path });
    expect((await pendingMigrations(killed)).length).toBeGreaterThan(0);
    await migrate(killed);
    expect(await pendingMigrations(killed)).toEqual([]);
    const after = await tables(killed);
    await killed.close();

    const undisturbed = await fresh();
    await migrate(undisturbed);
    expect(after).toEqual(await tables(undisturbed));
  });
});

describe('views', () => {
  const view = (name: string, select: string): View => ({
    name: `metrics.${name}`,
    sql: `CREATE OR REPLACE VIEW metrics.${name} {{on_cluster}} AS\n-- why\n${select}\n`,
  });

  it('are replaced when their text changes, and dropped when they are gone', async () => {
    const warehouse = await fresh();
    const [one, two] = [
      view('one', 'SELECT 1 AS value'),
      view('two', 'SELECT value + 1 AS value FROM metrics.one'),
    ];
    const applied = await migrate(warehouse, { views: [one, two] });
    expect(applied.slice(-2)).toEqual(['metrics.one', 'metrics.two']);
    expect(await warehouse.query('SELECT value FROM metrics.two')).toEqual([{ value: 2 }]);
    expect(await migrate(warehouse, { views: [one, two] })).toEqual([]);

    const changed = view('one', 'SELECT 10 AS value');
    expect(await pendingMigrations(warehouse, { views: [changed, two] })).toEqual(['metrics.one']);
    expect(await migrate(warehouse, { views: [changed, two] })).toEqual(['metrics.one']);
    expect(await warehouse.query('SELECT value FROM metrics.two')).toEqual([{ value: 11 }]);

    // Somebody who does not speak of views does not mean to drop them.
    expect(await migrate(warehouse)).toEqual([]);
    expect(await migrate(warehouse, { views: [changed] })).toEqual(['metrics.two']);
    await expect(warehouse.query('SELECT value FROM metrics.two')).rejects.toThrow('metrics.two');
    expect(await migrate(warehouse, { views: [changed] })).toEqual([]);
    expect(await migrate(warehouse, { views: [changed, two] })).toEqual(['metrics.two']);
  });

  it('stand in `metrics` and nowhere else', async () => {
    const warehouse = await fresh();
    const sneaky = { name: 'metrics.one', sql: 'CREATE OR REPLACE VIEW domain.one AS SELECT 1' };
    await expect(migrate(warehouse, { views: [sneaky] })).rejects.toThrow('metrics.<name>');
  });

  it('that are broken are named', async () => {
    const warehouse = await fresh();
    await expect(migrate(warehouse, { views: [view('broken', 'SELECT nonsense')] })).rejects.toMatchObject({
      code: 'migration-failed',
      message: expect.stringContaining('metrics.broken') as string,
    });
  });
});

describe('what was dropped behind its back', () => {
  const views = [
    { name: 'metrics.one', sql: 'CREATE OR REPLACE VIEW metrics.one {{on_cluster}} AS SELECT 1 AS value' },
  ];
  const after = async (...statements: readonly string[]): Promise<Warehouse> => {
    const warehouse = await fresh();
    await migrate(warehouse, { views });
    for (const statement of statements) await warehouse.command(statement);
    return warehouse;
  };

  it.each([
    [['DROP TABLE metrics.one'], ['metrics.one']],
    [['DROP DATABASE metrics SYNC'], ['metrics', 'metrics.one']],
  ])('a view is made again: %s', async (statements, lacking) => {
    const warehouse = await after(...statements);
    expect(await pendingMigrations(warehouse, { views })).toEqual(lacking);
    expect(await migrate(warehouse, { views })).toEqual(lacking);
    expect(await warehouse.query('SELECT value FROM metrics.one')).toEqual([{ value: 1 }]);
    expect(await pendingMigrations(warehouse, { views })).toEqual([]);
  });

  it.each([
    ['a table', ['DROP TABLE domain.commits SYNC'], 'domain.commits.'],
    ['a database, and not each table of it', ['DROP DATABASE raw SYNC'], 'raw.'],
    ['several', ['DROP DATABASE private SYNC', 'DROP TABLE facts.builds SYNC'], 'facts.builds, private.'],
    ['the log itself', ['DROP DATABASE ops SYNC'], 'ops.migrations.'],
  ])('%s is named, with the way out', async (_, statements, names) => {
    const warehouse = await after(...statements);
    for (const work of [migrate, pendingMigrations]) {
      const error: unknown = await work(warehouse, { views }).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'tables-missing', retry: 'no' });
      const { message, next } = error as { message: string; next: string };
      expect(message).toContain(`made: ${names} `);
      expect(next).toContain('bellwether restore');
    }
  });

  it('is all that migrations make, and no more', async () => {
    const warehouse = await fresh();
    await migrate(warehouse);
    const present = await readPresent(warehouse);
    const ours = [...present].filter((name) =>
      /^(?:raw|domain|facts|metrics|ops|private)(?:\.|$)/.test(name),
    );
    expect([...tablesOf(await readMigrations()), 'ops.migrations'].sort()).toEqual(ours.sort());
  });

  it('is not what a migration that was interrupted was about to make again', async () => {
    const warehouse = await after('DROP TABLE facts.builds SYNC');
    const { url, write } = copyOfMigrations();
    const name = `${String((await readMigrations()).length + 1).padStart(4, '0')}_again`;
    const columns = '(n UInt8) ENGINE = MergeTree ORDER BY n';
    write(
      `${name}.sql`,
      `DROP TABLE IF EXISTS facts.builds SYNC; CREATE TABLE IF NOT EXISTS facts.builds ${columns};`,
    );
    expect(await migrate(warehouse, { folder: url })).toEqual([name]);
  });

  it('is not what an account on a server may not see', async () => {
    const warehouse = await after();
    const present = [...(await readPresent(warehouse))];
    const analysts = new Set(present.filter((name) => !/^(?:raw|private)(?:\.|$)|^ops$/.test(name)));
    const known = await readMigrations();
    const log = known.map(({ name, checksum }) => ({ kind: 'migration' as const, name, checksum }));
    const server = Object.assign(Object.create(warehouse) as Warehouse, { kind: 'server' as const });
    expect(() => assertTables(server, known, log, analysts)).not.toThrow();
    analysts.delete('domain.commits');
    expect(() => assertTables(server, known, log, analysts)).toThrow('domain.commits');
    const operators = new Set(present.filter((name) => !name.startsWith('raw')));
    expect(() => assertTables(server, known, log, operators)).toThrow('made: raw.');
  });
});

it('costs next to nothing when everything is up to date', async () => {
  const warehouse = await fresh();
  await migrate(warehouse, { views: [] });
  let queries = 0;
  const counting = Object.create(warehouse) as Warehouse;
  for (const name of ['query', 'readRows', 'insert', 'remove', 'command'] as const) {
    const original = (warehouse[name] as (...args: unknown[]) => unknown).bind(warehouse);
    Object.assign(counting, {
      [name]: (...args: unknown[]) => {
        if (name === 'insert' || name === 'remove') {
          return (args[1] as unknown[]).length > 0 ? queries++ : undefined;
        }
        queries++;
        return original(...args);
      },
    });
  }
  expect(await migrate(counting, { views: [] })).toEqual([]);
  expect(queries).toBe(2);
});
