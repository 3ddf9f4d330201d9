import { defineTable, type RowOf } from '../table.ts';

/** What the shared lint configuration found in a repository at an instant. */
export const lintReports = defineTable('domain.lint_reports', ['repo', 'report_id'], {
  repo: 'LowCardinality(String)',
  report_id: 'String',
  collected_at: "DateTime64(3, 'UTC')",
  // It extends the shared configuration, whatever it turns off of it.
  is_adopted: 'Bool',
  config_version: 'LowCardinality(String)',
  presets: 'Array(String)',
  error_count: 'UInt32',
  warning_count: 'UInt32',
  // By comments in the code.
  suppressed_count: 'UInt32',
  // Turned off in the repository's own configuration.
  disabled_rules: 'Array(String)',
});
export type LintReportRow = RowOf<typeof lintReports>;
