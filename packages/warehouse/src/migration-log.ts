import { EngineError } from './engine-errors.ts';
import { renderStatements } from './migrations.ts';
import { type MigrationRow, migrations } from './tables/migrations.ts';
import type { Warehouse } from './warehouse.ts';

/** The one table that no migration can make, because it says which of them ran. */
const BOOTSTRAP = `
CREATE DATABASE IF NOT EXISTS ops {{on_cluster}};
CREATE TABLE IF NOT EXISTS ops.migrations {{on_cluster}}
(
  kind LowCardinality(String),
  name String,
  id UInt32,
  checksum String,
  statement_count UInt32,
  applied_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (kind, name)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
`;

export type LogEntry = Pick<MigrationRow, 'kind' | 'name' | 'checksum'>;

/** What is applied; `undefined` for a warehouse that was never migrated. */
export async function readLog(warehouse: Warehouse): Promise<LogEntry[] | undefined> {
  try {
    return await warehouse.readRows(migrations, ['kind', 'name', 'checksum']);
  } catch (error) {
    // 60 UNKNOWN_TABLE, 81 UNKNOWN_DATABASE
    if (error instanceof EngineError && (error.code === 60 || error.code === 81)) return undefined;
    throw error;
  }
}

export async function createLog(warehouse: Warehouse): Promise<void> {
  for (const statement of renderStatements(BOOTSTRAP, warehouse)) await warehouse.command(statement);
}
