import { defineTable, type RowOf, words } from '../table.ts';

/** What the review bot found in a pull request, and what became of it. */
export const botFindings = defineTable('domain.bot_findings', ['repo', 'number', 'finding_id'], {
  repo: 'LowCardinality(String)',
  number: 'UInt32',
  // Stays the same while the bot looks at the pull request again.
  finding_id: 'String',
  rule: 'LowCardinality(String)',
  severity: words('info', 'warning', 'error'),
  // Empty where it is about no file.
  path: 'String',
  found_at: "DateTime64(3, 'UTC')",
  resolved_at: "Nullable(DateTime64(3, 'UTC'))",
  // Empty while nobody has answered it.
  resolution: words('', 'fixed', 'dismissed', 'merged-anyway', 'closed'),
});
export type BotFindingRow = RowOf<typeof botFindings>;
