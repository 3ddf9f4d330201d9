import { defineTable, type RowOf } from '../table.ts';

/** Who belonged to which team, and when: a membership that ends is closed, not erased. */
export const teamMembers = defineTable('domain.team_members', ['team', 'person_key', 'valid_from'], {
  team: 'String',
  person_key: 'String',
  // 1970-01-01 where it already stood when the team was first seen. Never changes, so that it may stand in the key.
  valid_from: "DateTime64(3, 'UTC')",
  // Null: still a member.
  valid_to: "Nullable(DateTime64(3, 'UTC'))",
});
export type TeamMemberRow = RowOf<typeof teamMembers>;
