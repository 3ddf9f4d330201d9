import type { Engine } from './engine.ts';
import { decodeResult } from './row-codec.ts';
import type { Table } from './table.ts';

/**
 * From how many parts of a partition on it is worth merging. The embedded engine has nobody else who would do it soon:
 * already two parts make FINAL compare every row, which takes three times as long as one. A server merges by itself, and
 * other work waits for its merges: there only what has been left lying is merged.
 */
const FROM_PARTS: Readonly<Record<Engine['kind'], number>> = { embedded: 2, served: 2, server: 50 };

/** How many merges run side by side: each is the work of one core, and other work waits for those of a server. */
const AT_ONCE: Readonly<Record<Engine['kind'], number>> = { embedded: 2, served: 1, server: 1 };

/** See `Warehouse.tidy`. */
export async function tidy(engine: Engine, tables: readonly Table[], fromRows: number): Promise<number> {
  const scattered: { table: string; partition: string }[] = [];
  for (const table of tables) {
    const partitions = await scatteredPartitions(engine, table, fromRows);
    scattered.push(...partitions.map((partition) => ({ table: table.qualified, partition })));
  }
  const rest = scattered.values();
  const mergeRest = async (): Promise<void> => {
    for (const { table, partition } of rest) {
      // An id is letters, digits and hyphens, and comes from the engine: there is no placeholder in this place.
      const sql = `OPTIMIZE TABLE ${table} PARTITION ID '${partition}' FINAL`;
      await engine.run(sql, { lane: 'write', format: 'TSV' });
    }
  };
  const merging = await Promise.allSettled(Array.from({ length: AT_ONCE[engine.kind] }, mergeRest));
  // Only after all have ended, so that nothing is still merging when the caller cleans up.
  for (const each of merging) if (each.status === 'rejected') throw each.reason;
  return scattered.length;
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
