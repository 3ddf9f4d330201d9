import { defineTable, type RowOf } from '../table.ts';

/** Teams as the source knows them; one that is gone keeps its row with an end. */
export const teams = defineTable('domain.teams', ['team'], {
  // `<organisation>/<slug>`
  team: 'String',
  team_id: 'String',
  name: 'String',
  // Empty: it is at the top.
  parent_team: 'String',
  valid_to: "Nullable(DateTime64(3, 'UTC'))",
});
export type TeamRow = RowOf<typeof teams>;
