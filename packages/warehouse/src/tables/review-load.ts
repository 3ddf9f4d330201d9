import { defineTable, type RowOf, words } from '../table.ts';

/** How unevenly reviewing was spread over the people of a team in a calendar period; nobody is named. */
export const reviewLoad = defineTable('facts.review_load', ['level', 'name', 'grain', 'period_start'], {
  level: words('organisation', 'team_group', 'team'),
  // The team or group; '' for the organisation. Only where it is large enough to be shown.
  name: 'String',
  grain: words('week', 'month', 'quarter'),
  period_start: "DateTime64(3, 'UTC')",
  time_zone: 'LowCardinality(String)',
  team: 'LowCardinality(String)',
  team_group: 'LowCardinality(String)',
  review_count: 'UInt32',
  reviewer_count: 'UInt32',
  // People of the team during the period, whether they reviewed or not; each is a holder.
  member_count: 'UInt32',
  gini: 'Nullable(Float64)',
  busiest_tenth_share: 'Nullable(Float64)',
  gap: words('', 'too-few-reviewers'),
});
export type ReviewLoadRow = RowOf<typeof reviewLoad>;
