export { columnType, type Database, defineTable, type RowOf, type Table, type Words, words } from './table.ts';
export * from './tables/index.ts';
