import type { Warehouse } from './warehouse.ts';

/**
 * Tables of which the engine set a damaged part aside when it opened the folder, so that they answer without its rows.
 * Usually those rows were never acknowledged (a disk that ran full); but a part that was damaged later looks the same,
 * and the cursors still say that it is there.
 */
export async function damagedTables(warehouse: Pick<Warehouse, 'query'>): Promise<string[]> {
  const rows = await warehouse.query<{ name: string }>(
    `SELECT DISTINCT concat(database, '.', table) AS name FROM system.detached_parts
     WHERE database IN ('raw', 'domain', 'facts', 'ops', 'private') AND startsWith(reason, 'broken') ORDER BY name`,
  );
  return rows.map(({ name }) => name);
}
