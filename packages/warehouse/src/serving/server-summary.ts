import type { ClickHouseClient } from '@clickhouse/client';
import type { QuerySummary } from './served-warehouse.ts';

type Summary = Awaited<ReturnType<ClickHouseClient['exec']>>['summary'];

/** What a server's `X-ClickHouse-Summary` says; zeros where it says nothing. */
export function summaryOf(summary: Summary): QuerySummary {
  return {
    readRows: Number(summary?.read_rows ?? 0),
    readBytes: Number(summary?.read_bytes ?? 0),
    writtenRows: Number(summary?.written_rows ?? 0),
    writtenBytes: Number(summary?.written_bytes ?? 0),
    resultRows: Number(summary?.result_rows ?? 0),
    resultBytes: Number(summary?.result_bytes ?? 0),
    elapsedSeconds: Number(summary?.elapsed_ns ?? 0) / 1e9,
  };
}
