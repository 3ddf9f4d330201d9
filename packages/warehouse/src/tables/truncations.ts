import { defineTable, type RowOf, words } from '../table.ts';

/** What a source could not read in full. */
export const truncations = defineTable('ops.truncations', ['repo', 'source', 'stream', 'entity'], {
  repo: 'String',
  source: 'LowCardinality(String)',
  stream: 'LowCardinality(String)',
  // What is cut: a ref, a sha, a pull request.
  entity: 'String',
  reason: words(
    'shallow-history',
    'unrecognised-tag',
    'tag-without-commit',
    'unreadable-object',
    'cut-list',
    'out-of-reach',
    'no-permission',
    'count-mismatch',
  ),
  detail: 'String',
});
export type TruncationRow = RowOf<typeof truncations>;
