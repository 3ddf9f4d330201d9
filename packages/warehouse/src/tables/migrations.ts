import { defineTable, type RowOf, words } from '../table.ts';

/** What was done to the schema. The migration runner makes this table before it runs the first migration. */
export const migrations = defineTable('ops.migrations', ['kind', 'name'], {
  kind: words('migration', 'view'),
  name: 'String',
  id: 'UInt32',
  // SHA-256 of the file, tokens not filled in.
  checksum: 'String',
  statement_count: 'UInt32',
  applied_at: "DateTime64(3, 'UTC')",
});
export type MigrationRow = RowOf<typeof migrations>;
