import { defineTable, type RowOf } from '../table.ts';

/**
 * Which repositories changed since their facts were computed. A writer of domain rows raises `changed_at` before it
 * writes; derivation copies the value it started from into `derived_from` when it is done. They differ: compute again.
 */
export const derivations = defineTable('ops.derivations', ['repo', 'side'], {
  repo: 'String',
  // `domain` and `facts`: two rows, so that collecting and deriving never overwrite each other's. `authors`: whose teams
  // the facts depend on, as hashes too short to be a person key.
  side: 'LowCardinality(String)',
  mark: 'String',
});
export type DerivationRow = RowOf<typeof derivations>;
