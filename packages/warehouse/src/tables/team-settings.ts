import { defineTable, type RowOf } from '../table.ts';

/** What the configuration says of a team, and from when: where it belongs and where it works. */
export const teamSettings = defineTable('domain.team_settings', ['team', 'valid_from'], {
  team: 'String',
  valid_from: "DateTime64(3, 'UTC')",
  valid_to: "Nullable(DateTime64(3, 'UTC'))",
  team_group: 'String',
  time_zone: 'LowCardinality(String)',
});
export type TeamSettingRow = RowOf<typeof teamSettings>;
