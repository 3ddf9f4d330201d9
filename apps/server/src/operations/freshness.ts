import type { Instant } from '@bellwether/core';
import type { Warehouse } from '@bellwether/warehouse';

/** How fresh the data of one source are. */
export interface SourceFreshness {
  /** `git`, `github`, `github-organisation`, or what was imported. */
  source: string;
  /** When anything was last read in full or in part; null: never. */
  readAt: Instant | null;
  /** When a run last began, however it ended. */
  triedAt: Instant;
  /** Repositories and organisations that were ever tried. */
  targets: number;
  /** Those whose last run did not end well. */
  failing: number;
}

/**
 * Without FINAL, which would merge years of runs: a run's later row has the same beginning and a higher version. A run
 * that goes on, or was killed, says nothing about its target; that its data get older does.
 */
const SQL = `
SELECT
  source,
  toUnixTimestamp64Milli(max(read_at)) AS read_at_ms,
  toUnixTimestamp64Milli(max(tried_at)) AS tried_at_ms,
  toUInt32(count()) AS targets,
  toUInt32(countIf(last_status NOT IN ('', 'ok'))) AS failing
FROM
(
  SELECT
    source,
    target,
    maxIf(finished_at, status IN ('ok', 'partial')) AS read_at,
    max(started_at) AS tried_at,
    argMaxIf(status, (started_at, _version), finished_at IS NOT NULL) AS last_status
  FROM ops.collector_runs
  WHERE _deleted = 0
  GROUP BY source, target
)
GROUP BY source
ORDER BY source
LIMIT 50`;

interface Row {
  source: string;
  read_at_ms: number | null;
  tried_at_ms: number;
  targets: number;
  failing: number;
}

export async function readFreshness(warehouse: Warehouse): Promise<SourceFreshness[]> {
  const rows = await warehouse.query<Row>(SQL);
  return rows.map(({ source, read_at_ms, tried_at_ms, targets, failing }) => ({
    source,
    // maxIf over no row is the beginning of time and not null where the column cannot be null.
    readAt: read_at_ms === 0 ? null : read_at_ms,
    triedAt: tried_at_ms,
    targets,
    failing,
  }));
}
