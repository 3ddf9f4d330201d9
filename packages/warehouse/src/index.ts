export { columnType, type Database, defineTable, type RowOf, type Table, type Words, words } from './table.ts';
export { migrate } from './migrate.ts';
export { openWarehouse, type OpenOptions, type WarehouseTarget } from './open-warehouse.ts';
export type { InsertOptions, QueryParams, Warehouse } from './warehouse.ts';
export * from './tables/index.ts';
