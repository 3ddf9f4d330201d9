import { defineTable, type RowOf } from '../table.ts';

/**
 * Which repositories changed since their facts were computed. A writer of domain rows raises `changed_at` before it
 * writes; derivation copies the value it started from into `derived_from` when it is done. They differ: compute again.
 */
export const derivations = defineTable('ops.derivations', ['repo', 'side'], {
  repo: 'String',
  // `domain` and `facts`: two rows, so that collecting and deriving never overwrite each other's. `builds` is raised
  // instead of `domain` where only builds change, and answered by `build-facts`. `authors`: whose teams the facts depend
  // on, as hashes too short to be a person key. `ownership`: what may be shown of the owner, for what is computed of
  // builds alone. `group-size`: below how many people a team was withheld. `build-digest`: what the facts of builds rest on, by month; empty while they are written.
  side: 'LowCardinality(String)',
  mark: 'String',
});
export type DerivationRow = RowOf<typeof derivations>;
