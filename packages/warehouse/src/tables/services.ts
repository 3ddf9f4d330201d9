import { defineTable, type RowOf } from '../table.ts';

/** The service catalogue. */
export const services = defineTable('domain.services', ['repo', 'service'], {
  service: 'String',
  repo: 'String',
  // Empty: which files belong to it is not known.
  path_globs: 'Array(String)',
  release_names: 'Array(String)',
  owner_team: 'LowCardinality(String)',
  tier: 'LowCardinality(String)',
});
export type ServiceRow = RowOf<typeof services>;
