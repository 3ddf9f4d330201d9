import { defineTable, type RowOf, words } from '../table.ts';

/** What the review bot found in a pull request, and what became of it. */
export const botFindings = defineTable('domain.bot_findings', ['repo', 'number', 'finding_id'], {
  repo: 'LowCardinality(String)',
  number: 'UInt32',
  finding_id: 'String',
  rule: 'LowCardinality(String)',
  severity: words('info', 'warning', 'error'),
  path: 'String',
  found_at: "DateTime64(3, 'UTC')",
  resolved_at: "Nullable(DateTime64(3, 'UTC'))",
  resolution: words('', 'fixed', 'dismissed', 'merged-anyway', 'closed'),
});
export type BotFindingRow = RowOf<typeof botFindings>;
