import { defineTable, type RowOf, words } from '../table.ts';

/** A person's ruling, which stands above what was computed. */
export const overrides = defineTable('domain.overrides', ['repo', 'kind', 'entity'], {
  repo: 'LowCardinality(String)',
  kind: words('failure', 'attribution'),
  // The deployment id (failure) or incident id (attribution).
  entity: 'String',
  // Of a failure `yes` or `no`; of an attribution the deployment id, or empty for "no deployment caused it".
  ruling: 'String',
  reason: 'String',
  ruled_at: "DateTime64(3, 'UTC')",
  // Who ruled; empty where nobody said.
  by_key: 'String',
});
export type OverrideRow = RowOf<typeof overrides>;
