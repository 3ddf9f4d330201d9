export { createWriter, type Writer, type WriterOptions } from './writer.ts';
export { damagedTables } from './damaged-tables.ts';
export { migrate, type MigrateOptions, pendingMigrations, type View } from './migrate.ts';
export { openWarehouse, type OpenOptions, type WarehouseTarget } from './open-warehouse.ts';
export { requireSamePersonKey } from './same-person-key.ts';
export { personKeySecret } from './person-key-secret.ts';
export { runGatedQuery } from './run-gated-query.ts';
export type { Scope } from './scope.ts';
export {
  columnType,
  type Database,
  defineTable,
  type RowOf,
  type Table,
  type Words,
  words,
} from './table.ts';
export * from './tables/index.ts';
export type { InsertOptions, QueryParams, ReplaceOptions, Warehouse } from './warehouse.ts';
