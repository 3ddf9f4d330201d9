import { defineTable, type RowOf } from '../table.ts';

/** Something in production needed somebody at once. */
export const incidents = defineTable('domain.incidents', ['repo', 'incident_id'], {
  // Where it was reported, or what it is about when it was imported; empty where neither is known.
  repo: 'LowCardinality(String)',
  // `<repo>#<number>` for an issue; an imported one's own.
  incident_id: 'String',
  // Empty: which service it hit is not known.
  service: 'String',
  environment: 'LowCardinality(String)',
  severity: 'LowCardinality(String)',
  title: 'String',
  opened_at: "DateTime64(3, 'UTC')",
  acknowledged_at: "Nullable(DateTime64(3, 'UTC'))",
  // Null: still open.
  resolved_at: "Nullable(DateTime64(3, 'UTC'))",
  // The deployment that it names as its cause: an id, a tag or a sha, as it was written; null for none.
  caused_by: 'Nullable(String)',
  labels: 'Array(String)',
  url: 'String',
});
export type IncidentRow = RowOf<typeof incidents>;
