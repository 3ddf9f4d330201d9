import { defineTable, type RowOf, words } from '../table.ts';

/** One row per run of a source over a target; a run that was killed keeps saying `running`. */
export const collectorRuns = defineTable('ops.collector_runs', ['run_id'], {
  run_id: 'String',
  source: 'LowCardinality(String)',
  target: 'String',
  started_at: "DateTime64(3, 'UTC')",
  finished_at: "Nullable(DateTime64(3, 'UTC'))",
  status: words('running', 'ok', 'partial', 'failed', 'cancelled'),
  row_count: 'UInt64',
  // The stable code of the error, never its text: texts can carry what strangers wrote.
  error_code: 'String',
});
export type CollectorRunRow = RowOf<typeof collectorRuns>;
