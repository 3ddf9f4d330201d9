import type { Engine } from './engine.ts';
import { decodeResult } from './row-codec.ts';
import type { Table } from './table.ts';

/**
 * From how many parts of a partition on it is worth merging. The embedded engine has nobody else who would do it soon:
 * already two parts make FINAL compare every row, which takes three times as long as one. A server merges by itself, and
 * other work waits for its merges: there only what has been left lying is merged.
 */
const FROM_PARTS: Readonly<Record<Engine['kind'], number>> = { embedded: 2, served: 2, server: 50 };

/** See `Warehouse.tidy`. */
export async function tidy(engine: Engine, tables: readonly Table[], fromRows: number): Promise<number> {
  let merged = 0;
  for (const table of tables) {
    for (const partition of await scatteredPartitions(engine, table, fromRows)) {
      // An id is letters, digits and hyphens, and comes from the engine: there is no placeholder in this place.
      await engine.run(`OPTIMIZE TABLE ${table.qualified} PARTITION ID '${partition}' FINAL`, {
        lane: 'write',
        format: 'TSV',
      });
      merged += 1;
    }
  }
  return merged;
}

async function scatteredPartitions(engine: Engine, table: Table, fromRows: number): Promise<string[]> {
  const bytes = await engine.run(
    `SELECT partition_id FROM system.parts
     WHERE active AND database = {database:String} AND table = {table:String}
     GROUP BY partition_id HAVING count() >= {parts:UInt32} AND sum(rows) >= {rows:UInt64} ORDER BY partition_id`,
    {
      lane: 'rows',
      format: 'JSONCompactEachRowWithNamesAndTypes',
      params: { database: table.database, table: table.name, parts: FROM_PARTS[engine.kind], rows: fromRows },
    },
  );
  return decodeResult(bytes).map((row) => String(row['partition_id']));
}
