import type { Warehouse } from '@bellwether/warehouse';

/**
 * Makes the engine forget stored payloads so many days after they were fetched. Whenever it merges parts; nothing waits
 * for it, and nothing but `replay` reads them.
 *
 * @param days whole and positive, as the configuration guarantees
 * @returns whether it was another lifetime before
 */
export async function applyRawLifetime(warehouse: Warehouse, days: number): Promise<boolean> {
  const wanted = `toDateTime(fetched_at) + toIntervalDay(${String(days)})`;
  const [table] = await warehouse.query<{ engine_full: string }>(
    "SELECT engine_full FROM system.tables WHERE database = 'raw' AND name = 'records'",
  );
  if (table?.engine_full.includes(`TTL ${wanted}`)) return false;
  if (!Number.isSafeInteger(days) || days < 1) throw new RangeError(`${String(days)} is no number of days`);
  const cluster =
    warehouse.cluster === undefined ? '' : ` ON CLUSTER '${warehouse.cluster.replace(/[\\']/g, '\\$&')}'`;
  // Old parts keep what they have until they are merged: rewriting all of them at once could take hours.
  await warehouse.command(
    `ALTER TABLE raw.records${cluster} MODIFY TTL ${wanted} SETTINGS materialize_ttl_after_modify = 0`,
  );
  return true;
}
