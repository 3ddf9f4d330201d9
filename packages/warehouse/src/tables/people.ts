import { defineTable, type RowOf } from '../table.ts';

/** Pseudonymous; names and addresses live in `private.identities` only. */
export const people = defineTable('domain.people', ['person_key'], {
  person_key: 'String',
  is_bot: 'Bool',
  time_zone: 'LowCardinality(String)',
});
export type PersonRow = RowOf<typeof people>;
