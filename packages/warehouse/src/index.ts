export * from './backup/index.ts';
export { createWriter, type Writer, type WriterOptions } from './writer.ts';
export { damagedTables } from './damaged-tables.ts';
export * from './endpoint/index.ts';
export { type GrantedLimits, grantStatements, roleName } from './grants/grant-statements.ts';
export { migrate, type MigrateOptions, pendingMigrations, type View } from './migrate.ts';
export { openWarehouse, type OpenOptions, type WarehouseTarget } from './open-warehouse.ts';
export { requireSamePersonKey } from './same-person-key.ts';
export { personKeySecret } from './person-key-secret.ts';
export { harmlessSettings } from './gate/harmless-settings.ts';
export { splitInsert } from './gate/insert-data.ts';
export { canReadDatabase, canReadTable, RIGHTS, type Rights } from './gate/rights.ts';
export { runGatedQuery } from './gate/run-gated-query.ts';
export type { Scope } from './scope.ts';
export { openServedWarehouse } from './serving/open-served-warehouse.ts';
export { QueryError } from './serving/query-error.ts';
export type * from './serving/served-warehouse.ts';
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
