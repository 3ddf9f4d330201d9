import type { Progress, QuerySummary } from '@bellwether/warehouse';

/**
 * `X-ClickHouse-Summary`: every number is a string, so that 64 bits survive JSON. A number that nobody knows is left
 * out: clients would take 0 for one.
 */
export function summaryJson(summary: QuerySummary): string {
  return json({
    read_rows: summary.readRows,
    read_bytes: summary.readBytes,
    written_rows: summary.writtenRows,
    written_bytes: summary.writtenBytes,
    total_rows_to_read: summary.readRows,
    result_rows: summary.resultRows,
    result_bytes: summary.resultBytes,
    elapsed_ns: summary.elapsedSeconds * 1e9,
  });
}

/** `X-ClickHouse-Progress`, while the query runs. */
export function progressJson(progress: Progress): string {
  return json({
    read_rows: progress.readRows,
    read_bytes: progress.readBytes,
    written_rows: 0,
    written_bytes: 0,
    total_rows_to_read: progress.totalRowsToRead,
    result_rows: 0,
    result_bytes: 0,
    elapsed_ns: progress.elapsedSeconds * 1e9,
  });
}

function json(numbers: Readonly<Record<string, number | null>>): string {
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(numbers).flatMap(([name, value]) =>
        value === null ? [] : [[name, Math.max(0, Math.round(value)).toFixed(0)] as const],
      ),
    ),
  );
}
