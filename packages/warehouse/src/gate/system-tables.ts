import type { Role } from '@bellwether/core';
import { isEngineDatabase, RIGHTS } from './rights.ts';
import { quoteString } from './sql-tokens.ts';

/** No user's name can hold this, so no alias of a user's can stand for a column in the filters below. */
export const OWN = 'bellwether_visible';

/**
 * Behind a LIMIT the engine keeps to the order of things. Without one it moves a user's conditions below ours, and
 * `WHERE toUInt64(table) = 1` fails with the name of a table that the user may not see.
 */
const ALL_ROWS = '1000000000';

interface SystemTable {
  /** Columns that hold the database and the table of a row; no filter where there is none. */
  database?: string;
  table?: string;
  /** Where the machine keeps its files is nobody's business. */
  hidden?: Readonly<Record<string, string>>;
  where?: string;
}

const PATHS = { data_path: "''", metadata_path: "''", engine_full: "''" };

/** What clients ask when they connect, and editors to complete a word. Everything else of `system` is denied to readers. */
const SYSTEM: Readonly<Record<string, SystemTable>> = {
  aggregate_function_combinators: {},
  columns: { database: 'database', table: 'table' },
  data_type_families: {},
  databases: { database: 'name', hidden: PATHS },
  formats: {},
  functions: { where: `${OWN}.origin = 'System'` },
  keywords: {},
  numbers: {},
  numbers_mt: {},
  one: {},
  settings: {},
  table_functions: {},
  tables: {
    database: 'database',
    table: 'name',
    hidden: { data_paths: "CAST([], 'Array(String)')", metadata_path: "''" },
  },
  time_zones: {},
  zeros: {},
  zeros_mt: {},
};

const SCHEMA: Readonly<Record<string, SystemTable>> = {
  columns: { database: 'table_schema', table: 'table_name' },
  schemata: { database: 'schema_name' },
  tables: { database: 'table_schema', table: 'table_name' },
  views: { database: 'table_schema', table: 'table_name' },
};

/** What else an operator may look at: what runs, what is stored where, what went wrong. Still no network and no file. */
const OPERATOR = new Set([
  'asynchronous_metrics',
  'backups',
  'build_options',
  'data_skipping_indices',
  'detached_parts',
  'disks',
  'errors',
  'events',
  'merge_tree_settings',
  'merges',
  'metrics',
  'mutations',
  'parts',
  'parts_columns',
  'processes',
  'projections',
  'replicas',
  'server_settings',
  'storage_policies',
  'warnings',
]);

/** What stands for a table of the engine in a query of the role; undefined where it is denied or needs no filter. */
export function visibleRows(role: Role, database: string, table: string): string | undefined {
  const rights = RIGHTS[role];
  const known = find(database, table);
  if (!known || rights.isOperator) return undefined;
  const conditions = [known.where, databaseFilter(role, known)].filter((each) => each !== undefined);
  const hidden = Object.entries(known.hidden ?? {}).map(([column, value]) => `${value} AS ${column}`);
  if (conditions.length === 0 && hidden.length === 0) return undefined;
  const replaced = hidden.length === 0 ? '' : ` REPLACE (${hidden.join(', ')})`;
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return `(SELECT ${OWN}.*${replaced} FROM ${database}.${table} AS ${OWN}${where} LIMIT ${ALL_ROWS})`;
}

function databaseFilter(role: Role, { database, table }: SystemTable): string | undefined {
  if (database === undefined) return undefined;
  const { databases, tables } = RIGHTS[role];
  const column = `${OWN}.${database}`;
  const whole = `${column} IN (${databases.map(quoteString).join(', ')})`;
  if (tables.length === 0) return whole;
  const names = tables.map((name) => name.split('.') as [string, string]);
  const single =
    table === undefined
      ? names.map(([name]) => quoteString(name))
      : names.map(([name, own]) => `(${quoteString(name)}, ${quoteString(own)})`);
  const key = table === undefined ? column : `(${column}, ${OWN}.${table})`;
  return `(${whole} OR ${key} IN (${[...new Set(single)].join(', ')}))`;
}

/** Whether the role may read the table of the engine as it is. */
export function canReadSystemTable(role: Role, database: string, table: string): boolean {
  if (!isEngineDatabase(database)) return false;
  if (RIGHTS[role].isOperator && database === 'system' && OPERATOR.has(table)) return true;
  return find(database, table) !== undefined && visibleRows(role, database, table) === undefined;
}

/** Whether the role may see the table of the engine, whole or in part. */
export function canSeeSystemTable(role: Role, database: string, table: string): boolean {
  return canReadSystemTable(role, database, table) || visibleRows(role, database, table) !== undefined;
}

function find(database: string, table: string): SystemTable | undefined {
  const [tables, name] = database === 'system' ? [SYSTEM, table] : [SCHEMA, table.toLowerCase()];
  return isEngineDatabase(database) && Object.hasOwn(tables, name) ? tables[name] : undefined;
}
