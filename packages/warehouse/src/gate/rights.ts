import type { Role } from '@bellwether/core';

/** What a role may do with the data. The grants on a ClickHouse server are written from the same table. */
export interface Rights {
  /** Databases of which everything may be read, whatever comes to stand in them. */
  databases: readonly string[];
  /** Single tables of other databases. */
  tables: readonly string[];
  /** Tables that take rows. */
  inserts: readonly string[];
  /** Reads and changes every database but those of the engine. */
  isOperator: boolean;
}

/**
 * How collecting and deriving stand: names of repositories, cursors, counts and codes of errors. Not the whole
 * database: rows of any table pass through staging tables there, and what comes later may say who did something.
 */
const STATUS_TABLES = [
  'ops.collector_runs',
  'ops.cursors',
  'ops.derivations',
  'ops.migrations',
  'ops.truncations',
];

const KNOWN = ['domain', 'facts', 'metrics'];

/** Personal data are not here because nobody has them: only `private` and `raw` hold some, see docs/architecture.md. */
export const RIGHTS: Readonly<Record<Role, Rights>> = {
  dashboards: { databases: ['metrics'], tables: [], inserts: [], isOperator: false },
  analyst: { databases: KNOWN, tables: STATUS_TABLES, inserts: [], isOperator: false },
  bot: {
    databases: KNOWN,
    tables: [],
    // Reports of the linter come from the same jobs as the bot's findings, and so with its account.
    inserts: ['domain.bot_findings', 'domain.lint_reports'],
    isOperator: false,
  },
  operator: {
    databases: ['domain', 'facts', 'metrics', 'ops', 'private', 'raw'],
    tables: [],
    inserts: [],
    isOperator: true,
  },
};

/** In the embedded engine's own database the name of a table is the name of a file. */
const NEVER = new Set(['default', '_temporary_and_external_tables']);
const ENGINE = new Set(['system', 'information_schema', 'INFORMATION_SCHEMA']);

/** Whether the name is that of a database of the engine itself. */
export function isEngineDatabase(database: string): boolean {
  return ENGINE.has(database);
}

/** Whether a database of the warehouse may be read as a whole, and so any name in it. */
export function canReadDatabase(role: Role, database: string): boolean {
  const rights = RIGHTS[role];
  if (rights.isOperator) return isPlainDatabase(database);
  return rights.databases.includes(database);
}

export function canReadTable(role: Role, database: string, table: string): boolean {
  return canReadDatabase(role, database) || RIGHTS[role].tables.includes(`${database}.${table}`);
}

export function canInsert(role: Role, database: string, table: string): boolean {
  const rights = RIGHTS[role];
  if (rights.isOperator) return isPlainDatabase(database) && /^\w+$/.test(table);
  return rights.inserts.includes(`${database}.${table}`);
}

/** Whether rows pass through the table on their way into one of the warehouse's own; it is gone soon after. */
export function isStagingTable(database: string, table: string): boolean {
  return database === 'ops' && /^staging_\w+$/.test(table);
}

/** Whether the role sees anything of the database. */
export function canSeeDatabase(role: Role, database: string): boolean {
  if (ENGINE.has(database) || canReadDatabase(role, database)) return true;
  return RIGHTS[role].tables.some((table) => table.startsWith(`${database}.`));
}

function isPlainDatabase(database: string): boolean {
  return /^[A-Za-z]\w*$/.test(database) && !ENGINE.has(database) && !NEVER.has(database.toLowerCase());
}
