import { defineTable, type RowOf } from '../table.ts';

/** What the configuration says of a team, and from when: where it belongs and where it works. */
export const teamSettings = defineTable('domain.team_settings', ['team', 'valid_from'], {
  team: 'String',
  // Of an entry without `from`: the beginning of time.
  valid_from: "DateTime64(3, 'UTC')",
  // When the next entry of the team begins; null where there is none.
  valid_to: "Nullable(DateTime64(3, 'UTC'))",
  // Empty: by what lies above the team at its source.
  team_group: 'String',
  // Empty: that of the team above, else the organisation's.
  time_zone: 'LowCardinality(String)',
});
export type TeamSettingRow = RowOf<typeof teamSettings>;
