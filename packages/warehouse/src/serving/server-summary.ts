import type { ClickHouseClient } from '@clickhouse/client';
import type { QuerySummary } from './served-warehouse.ts';

type Summary = Awaited<ReturnType<ClickHouseClient['exec']>>['summary'];

/** What a server's `X-ClickHouse-Summary` says; zeros where it says nothing, and null of what it read. */
export function summaryOf(summary: Summary): QuerySummary {
  return {
    readRows: numberOrNull(summary?.read_rows),
    readBytes: numberOrNull(summary?.read_bytes),
    writtenRows: Number(summary?.written_rows ?? 0),
    writtenBytes: Number(summary?.written_bytes ?? 0),
    resultRows: Number(summary?.result_rows ?? 0),
    resultBytes: Number(summary?.result_bytes ?? 0),
    elapsedSeconds: Number(summary?.elapsed_ns ?? 0) / 1e9,
  };
}

function numberOrNull(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}
