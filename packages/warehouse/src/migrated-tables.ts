import { BellwetherError } from '@bellwether/core';
import { canReadDatabase, canReadTable } from './gate/rights.ts';
import type { LogEntry } from './migration-log.ts';
import type { Migration } from './migrations.ts';
import { splitStatements } from './sql-statements.ts';
import type { Warehouse } from './warehouse.ts';

/** Holds views only, which are made again from their text: losing it loses nothing. */
export const VIEW_DATABASE = 'metrics';
const LOG_TABLE = 'ops.migrations';

const CHANGE = /^(CREATE|DROP) (?:DATABASE|TABLE) IF (?:NOT )?EXISTS (\w+(?:\.\w+)?)/m;

/** What is there, as far as the account sees it: databases (`raw`), tables and views (`raw.records`). One question. */
export async function readPresent(warehouse: Warehouse): Promise<ReadonlySet<string>> {
  const rows = await warehouse.query<{ present: string }>(
    `SELECT name AS present FROM system.databases
     UNION ALL SELECT concat(database, '.', name) AS present FROM system.tables
     WHERE database IN ('raw', 'domain', 'facts', 'metrics', 'ops', 'private')`,
  );
  return new Set(rows.map(({ present }) => present));
}

/** The databases and tables that stand when these migrations have run, in the order of their names. */
export function tablesOf(migrations: readonly Migration[]): string[] {
  const tables = new Set<string>();
  for (const { verb, name } of migrations.flatMap(changesOf)) {
    if (verb === 'CREATE') tables.add(name);
    else tables.delete(name);
  }
  return [...tables].sort();
}

/**
 * What ran is noted in a table; what somebody dropped since then only the engine knows.
 *
 * @param log undefined where there is none
 * @throws BellwetherError `tables-missing`
 */
export function assertTables(
  warehouse: Warehouse,
  known: readonly Migration[],
  log: readonly LogEntry[] | undefined,
  present: ReadonlySet<string>,
): void {
  const missing = log ? missingTables(warehouse, known, log, present) : missingLog(known, present);
  if (missing.length === 0) return;
  throw new BellwetherError({
    code: 'tables-missing',
    message: `The warehouse has lost what its migrations made: ${missing.join(', ')}. Somebody dropped it.`,
    retry: 'no',
    next: wayOut(warehouse),
  });
}

function missingTables(
  warehouse: Warehouse,
  known: readonly Migration[],
  log: readonly LogEntry[],
  present: ReadonlySet<string>,
): string[] {
  const done = new Set(log.filter(({ kind }) => kind === 'migration').map(({ name }) => name));
  // One that was interrupted may have dropped a table that it makes again.
  const replaced = new Set(
    known
      .filter(({ name }) => !done.has(name))
      .flatMap(changesOf)
      .map(({ name }) => name),
  );
  const sees = visibility(warehouse, present);
  const missing = tablesOf(known.filter(({ name }) => done.has(name))).filter(
    (name) => name !== VIEW_DATABASE && !present.has(name) && !replaced.has(name) && sees(name),
  );
  const databases = new Set(missing.filter((name) => !name.includes('.')));
  return missing.filter((name) => databases.has(name) || !databases.has(databaseOf(name)));
}

/** It is made before everything else: without it a warehouse that holds tables is not a new one. */
function missingLog(known: readonly Migration[], present: ReadonlySet<string>): string[] {
  const hasTables = tablesOf(known).some((name) => name.includes('.') && present.has(name));
  return hasTables ? [LOG_TABLE] : [];
}

/** An account that may not read a table does not find it either: only what an analyst reads is looked for then. */
function visibility(warehouse: Warehouse, present: ReadonlySet<string>): (name: string) => boolean {
  const isForAnalysts = (name: string): boolean => {
    const [database = '', table] = name.split('.');
    return table === undefined
      ? canReadDatabase('analyst', database)
      : canReadTable('analyst', database, table);
  };
  const seesAll =
    warehouse.kind === 'embedded' || [...present].some((name) => name.includes('.') && !isForAnalysts(name));
  return seesAll ? () => true : isForAnalysts;
}

function wayOut({ kind }: Warehouse): string {
  if (kind === 'server') {
    return 'Restore it on the server from a backup; or drop the databases raw, domain, facts, metrics, ops and private, run bellwether migrate, and collect anew.';
  }
  const stop = kind === 'served' ? 'Stop bellwether serve. ' : '';
  return `${stop}bellwether restore <backup> --force   (without a backup: move the data folder away and collect anew, bellwether collect)`;
}

function changesOf({ sql }: Migration): { verb: string; name: string }[] {
  return splitStatements(sql).flatMap((statement) => {
    const [, verb, name] = CHANGE.exec(statement) ?? [];
    return verb === undefined || name === undefined ? [] : [{ verb, name }];
  });
}

function databaseOf(name: string): string {
  return name.split('.')[0] ?? '';
}
