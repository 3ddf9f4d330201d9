import { defineTable, type RowOf } from '../table.ts';

/** The rules of CODEOWNERS in the order of the file: the last one that matches a path wins. */
export const codeOwners = defineTable('domain.code_owners', ['repo', 'line'], {
  repo: 'LowCardinality(String)',
  line: 'UInt32',
  pattern: 'String',
  // Person keys and `team:<organisation>/<slug>`; empty: nobody owns what matches.
  owners: 'Array(String)',
});
export type CodeOwnerRow = RowOf<typeof codeOwners>;
