import type { Instant, Schedule } from '@bellwether/core';
import type { Warehouse } from '@bellwether/warehouse';

/** When a source was last begun to be read, by whomever; null: never. `github-organisation` is a part of `github`. */
export async function readLastStart(
  warehouse: Warehouse,
  source: Schedule['source'],
): Promise<Instant | null> {
  const [row] = await warehouse.query<{ started_at_ms: number; runs: number }>(
    `SELECT toUnixTimestamp64Milli(max(started_at)) AS started_at_ms, toUInt32(count()) AS runs
     FROM ops.collector_runs WHERE _deleted = 0 AND (source = {source:String} OR startsWith(source, {parts:String}))`,
    { source, parts: `${source}-` },
  );
  return row === undefined || row.runs === 0 ? null : row.started_at_ms;
}
