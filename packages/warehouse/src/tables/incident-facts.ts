import { defineTable, type RowOf, words } from '../table.ts';

/** One row per incident and repository that it is about. */
export const incidentFacts = defineTable('facts.incidents', ['repo', 'incident_id'], {
  repo: 'LowCardinality(String)',
  incident_id: 'String',
  // Where it was reported.
  home_repo: 'LowCardinality(String)',
  // One row per incident.
  is_primary: 'Bool',
  service: 'LowCardinality(String)',
  // Its owner is a group too small to be shown.
  is_service_withheld: 'Bool',
  team: 'LowCardinality(String)',
  team_group: 'LowCardinality(String)',
  environment: 'LowCardinality(String)',
  severity: 'LowCardinality(String)',
  opened_at: "DateTime64(3, 'UTC')",
  acknowledged_at: "Nullable(DateTime64(3, 'UTC'))",
  resolved_at: "Nullable(DateTime64(3, 'UTC'))",
  acknowledge_seconds: 'Nullable(Int64)',
  acknowledge_business_seconds: 'Nullable(Int64)',
  acknowledge_gap: words('', 'not-recorded', 'open', 'negative'),
  resolve_seconds: 'Nullable(Int64)',
  resolve_business_seconds: 'Nullable(Int64)',
  resolve_gap: words('', 'open', 'negative'),
  // Null where nothing could tell.
  is_change_caused: 'Nullable(Bool)',
  cause_gap: words('', 'no-deployment-known', 'no-cause-found'),
  evidence: words('', 'override', 'incident', 'incident-window'),
  deployment_id: 'String',
  is_out_of_hours: 'Bool',
});
export type IncidentFactRow = RowOf<typeof incidentFacts>;
