/** What a dashboard's panel asks, in small. */
export const PANEL =
  "SELECT toStartOfMonth(at) AS month, quantile(0.5)(value) AS p50, count() AS n FROM metrics.change_lead_time WHERE at >= '2024-01-01' AND team != '' GROUP BY month ORDER BY month";

/** Rows as an analyst takes them home: some 110 MB as TSV, 84 MB as Native. */
export const LARGE = 'SELECT * FROM domain.commits FINAL';

/** 68 MB that cost the engine next to nothing: what is measured is the copying from process to process. */
export const LARGE_FOR_NOTHING =
  'SELECT number, repeat(hex(number), 8) AS text, toString(cityHash64(number)) AS hash FROM numbers(900000)';

/** A mix as of many dashboards that are open at once, and of people who look at tables. */
export const loadQueries: readonly { sql: string; format: string }[] = [
  { sql: PANEL, format: 'JSON' },
  { sql: 'SELECT 1', format: 'TSV' },
  {
    sql: 'SELECT service, count() AS n FROM metrics.deployment_frequency GROUP BY service ORDER BY n DESC LIMIT 20',
    format: 'JSONEachRow',
  },
  { sql: PANEL.replace('change_lead_time', 'cycle_time'), format: 'Native' },
  { sql: 'SELECT * FROM metrics.change_fail_rate LIMIT 2000', format: 'TSVWithNames' },
];
