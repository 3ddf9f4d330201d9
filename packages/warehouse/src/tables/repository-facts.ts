import { defineTable, type RowOf, words } from '../table.ts';

/** One row per repository: who owns it, and which standards it keeps. */
export const repositoryFacts = defineTable('facts.repositories', ['repo'], {
  repo: 'String',
  service: 'LowCardinality(String)',
  services: 'Array(LowCardinality(String))',
  team: 'LowCardinality(String)',
  team_group: 'LowCardinality(String)',
  is_archived: 'Bool',
  is_fork: 'Bool',
  // When its state was last recorded.
  observed_at: "DateTime64(3, 'UTC')",
  has_code_owners: 'Nullable(Bool)',
  code_owners_gap: words('', 'not-collected'),
  is_protected: 'Nullable(Bool)',
  protection_gap: words('', 'not-collected', 'out-of-reach'),
});
export type RepositoryFactRow = RowOf<typeof repositoryFacts>;
