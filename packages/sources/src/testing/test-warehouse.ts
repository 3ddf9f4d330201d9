import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as everything from '@bellwether/warehouse';
import { migrate, openWarehouse, type RowOf, type Table, type Warehouse } from '@bellwether/warehouse';

/** Rows by table, in the order of their keys, without versions: what "row for row" compares. */
export type Dump = Readonly<Record<string, readonly object[]>>;

export interface TestWarehouse extends AsyncDisposable {
  readonly warehouse: Warehouse;
  /** Empties every table that rows are collected into. */
  clear(): Promise<void>;
  /** What was collected: `domain`, `private` and `ops.truncations`; not when, nor in how many runs. */
  dump(): Promise<Dump>;
}

const tables: readonly Table[] = Object.values(everything as Readonly<Record<string, unknown>>).filter(
  isTable,
);

const compared = tables.filter(
  ({ database, name }) => database === 'domain' || database === 'private' || name === 'truncations',
);

/** A migrated, empty, embedded warehouse in a temporary folder. One per process: the engine allows no more. */
export async function openTestWarehouse(): Promise<TestWarehouse> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bellwether-warehouse-'));
  const warehouse = await openWarehouse({ path: folder });
  await migrate(warehouse);
  return {
    warehouse,
    async clear() {
      for (const { database, name, qualified } of tables) {
        if (database !== 'ops' || name !== 'migrations') {
          await warehouse.command(`TRUNCATE TABLE ${qualified}`);
        }
      }
    },
    dump: () => dump(warehouse),
    async [Symbol.asyncDispose]() {
      await warehouse.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function dump(warehouse: Warehouse): Promise<Dump> {
  const result: Record<string, object[]> = {};
  for (const table of compared) result[table.qualified] = await readAll(warehouse, table);
  return result;
}

/** All rows of a table, in the order of their keys. */
export async function readAll<T extends Table>(warehouse: Warehouse, table: T): Promise<RowOf<T>[]> {
  const columns = Object.keys(table.columns) as (keyof RowOf<T> & string)[];
  const rows = await warehouse.readRows(table, columns);
  const keyOf = (row: object): string =>
    JSON.stringify(table.key.map((name) => (row as Record<string, unknown>)[name]));
  return (rows as RowOf<T>[])
    .map((row) => ({ key: keyOf(row as object), row }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ row }) => row);
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && 'qualified' in value;
}
