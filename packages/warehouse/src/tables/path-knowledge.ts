import { defineTable, type RowOf } from '../table.ts';

/** How many people know a path: over the year before the end of each quarter. */
export const pathKnowledge = defineTable('facts.path_knowledge', ['repo', 'path', 'quarter_start'], {
  repo: 'LowCardinality(String)',
  path: 'String',
  // The quarter at whose end it holds.
  quarter_start: "DateTime64(3, 'UTC')",
  service: 'LowCardinality(String)',
  is_service_withheld: 'Bool',
  team: 'LowCardinality(String)',
  team_group: 'LowCardinality(String)',
  change_count: 'UInt32',
  contributor_count: 'UInt32',
  // The fewest people who made more than half of the changes.
  bus_factor: 'UInt32',
  top_share: 'Float64',
});
export type PathKnowledgeRow = RowOf<typeof pathKnowledge>;
