import { BellwetherError, type Clock, systemClock } from '@bellwether/core';
import { EngineError } from './engine-errors.ts';
import { createLog, type LogEntry, readLog } from './migration-log.ts';
import { assertTables, readPresent, VIEW_DATABASE } from './migrated-tables.ts';
import { checksumOf, type Migration, readMigrations, renderStatements } from './migrations.ts';
import { type MigrationRow, migrations as migrationTable } from './tables/migrations.ts';
import type { Warehouse } from './warehouse.ts';

/** A view that is replaced whenever its text changes. */
export interface View {
  /** `metrics.<name>` */
  name: string;
  /** `CREATE OR REPLACE VIEW <name> {{on_cluster}} AS …` */
  sql: string;
}

export interface MigrateOptions {
  /** All views there should be: others that `migrate` once made are dropped. Left out: views stay as they are. */
  views?: readonly View[];
  /** Says when a migration was applied. */
  clock?: Clock;
  /** Compares what ran with what is known, and not with the tables: for a warehouse of which only that is there yet. */
  onlyHistory?: boolean;
  /** For tests: another folder of migrations. */
  folder?: URL;
}

/**
 * Brings tables and views up to date and returns the names of what it did, in order. Nothing to do costs two queries.
 * A view that somebody dropped is made again; a table with what was in it cannot be.
 *
 * Safe to interrupt anywhere: every statement can run twice, and a migration counts as applied when all of its
 * statements ran.
 *
 * @throws BellwetherError `warehouse-newer`, `migration-edited`, `migration-failed`, `tables-missing`
 */
export async function migrate(warehouse: Warehouse, options: MigrateOptions = {}): Promise<string[]> {
  const plan = await makePlan(warehouse, options);
  if (plan.isFresh) await createLog(warehouse);
  for (const { id, name, sql, checksum } of plan.migrations) {
    const statement_count = await runAll(warehouse, name, sql);
    await record(warehouse, options, [{ kind: 'migration', id, name, checksum, statement_count }]);
  }
  if (plan.lacksViewDatabase) {
    await runAll(warehouse, VIEW_DATABASE, `CREATE DATABASE IF NOT EXISTS ${VIEW_DATABASE} {{on_cluster}}`);
  }
  for (const { name, sql } of plan.views) await runAll(warehouse, name, sql);
  await record(
    warehouse,
    options,
    plan.views.map(({ name, sql }) => ({
      kind: 'view',
      id: 0,
      name,
      checksum: checksumOf(sql),
      statement_count: 1,
    })),
  );
  for (const name of plan.dropped) {
    await runAll(warehouse, name, `DROP VIEW IF EXISTS ${name} {{on_cluster}}`);
  }
  await warehouse.remove(
    migrationTable,
    plan.dropped.map((name) => ({ kind: 'view', name })),
  );
  return namesOf(plan);
}

/**
 * The names of what `migrate` would do; changes nothing. Empty: up to date.
 *
 * @throws BellwetherError `warehouse-newer`, `migration-edited`, `tables-missing`
 */
export async function pendingMigrations(
  warehouse: Warehouse,
  options: MigrateOptions = {},
): Promise<string[]> {
  return namesOf(await makePlan(warehouse, options));
}

interface Plan {
  isFresh: boolean;
  migrations: Migration[];
  /** It was made, and somebody dropped it. */
  lacksViewDatabase: boolean;
  views: View[];
  dropped: string[];
}

async function makePlan(
  warehouse: Warehouse,
  { views, folder, onlyHistory = false }: MigrateOptions,
): Promise<Plan> {
  const [known, log, present] = await Promise.all([
    readMigrations(folder),
    readLog(warehouse),
    readPresent(warehouse),
  ]);
  const applied = (log ?? []).filter(({ kind }) => kind === 'migration');
  assertHistory(known, applied);
  if (!onlyHistory) assertTables(warehouse, known, log, present);
  const done = new Set(applied.map(({ name }) => name));
  const made = new Map(
    (log ?? []).filter(({ kind }) => kind === 'view').map((view) => [view.name, view.checksum]),
  );
  const wanted = new Set(views?.map(({ name }) => name));
  views?.forEach(assertView);
  return {
    isFresh: log === undefined,
    migrations: known.filter(({ name }) => !done.has(name)),
    lacksViewDatabase: known.every(({ name }) => done.has(name)) && !present.has(VIEW_DATABASE),
    views: (views ?? []).filter(({ name, sql }) => made.get(name) !== checksumOf(sql) || !present.has(name)),
    dropped: views ? [...made.keys()].filter((name) => !wanted.has(name)) : [],
  };
}

/** What ran is history: it stays as it was, and this version knows all of it. */
function assertHistory(known: readonly Migration[], applied: readonly LogEntry[]): void {
  const byName = new Map(known.map((migration) => [migration.name, migration]));
  for (const { name, checksum } of applied) {
    const migration = byName.get(name);
    if (!migration) {
      throw new BellwetherError({
        code: 'warehouse-newer',
        message: `The warehouse was brought up to date by a newer Bellwether: this one does not know its migration ${name}.`,
        retry: 'no',
        next: 'Update Bellwether: git pull && npm ci',
      });
    }
    if (migration.checksum === checksum) continue;
    throw new BellwetherError({
      code: 'migration-edited',
      message: `migrations/${name}.sql is not what ran on this warehouse: it was edited afterwards.`,
      retry: 'no',
      next: `Restore it (git checkout -- packages/warehouse/migrations/${name}.sql) and write the change as a new migration.`,
    });
  }
}

function assertView({ name, sql }: View): void {
  const begin = new RegExp(`^\\s*CREATE OR REPLACE VIEW ${name.replace('.', '\\.')}\\s`);
  if (/^metrics\.[a-z0-9_]+$/.test(name) && begin.test(sql)) return;
  throw new Error(`${name} is not a view that begins with CREATE OR REPLACE VIEW metrics.<name>`);
}

async function runAll(warehouse: Warehouse, name: string, sql: string): Promise<number> {
  const statements = renderStatements(sql, warehouse);
  for (const [at, statement] of statements.entries()) {
    try {
      await warehouse.command(statement);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      throw new BellwetherError({
        code: 'migration-failed',
        message: `${name}, statement ${at + 1} of ${statements.length}: ${error.message} (code ${error.code})`,
        retry: 'no',
        next: 'What ran so far stays, and can run again: bellwether migrate',
        cause: error,
      });
    }
  }
  return statements.length;
}

async function record(
  warehouse: Warehouse,
  { clock = systemClock }: MigrateOptions,
  rows: readonly Omit<MigrationRow, 'applied_at'>[],
): Promise<void> {
  const applied_at = clock.now();
  await warehouse.insert(
    migrationTable,
    rows.map((row) => ({ ...row, applied_at })),
  );
}

function namesOf({ migrations, lacksViewDatabase, views, dropped }: Plan): string[] {
  return [
    ...migrations.map(({ name }) => name),
    ...(lacksViewDatabase ? [VIEW_DATABASE] : []),
    ...views.map(({ name }) => name),
    ...dropped,
  ];
}
