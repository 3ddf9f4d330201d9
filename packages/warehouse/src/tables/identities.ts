import { defineTable, type RowOf } from '../table.ts';

/** Who a person key is. Read by derivation and the bot alone; no view may join it. */
export const identities = defineTable('private.identities', ['person_key', 'identity'], {
  person_key: 'String',
  // `git:<normalised e-mail>` or `<host>:<node id>`.
  identity: 'String',
  name: 'String',
  email: 'String',
});
export type IdentityRow = RowOf<typeof identities>;
