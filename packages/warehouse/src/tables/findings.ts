import { defineTable, type RowOf, words } from '../table.ts';

/** What is wrong with the data, one row per thing. Nothing that was left out stays silent. */
export const findings = defineTable('facts.findings', ['repo', 'kind', 'entity'], {
  repo: 'LowCardinality(String)',
  kind: words(
    'unrealistic-commit-date',
    'unrealistic-deployment-date',
    'negative-lead-time',
    'unknown-deployment-commit',
    'missing-parent',
    'unresolved-revert',
  ),
  // The sha, change id or deployment id it is about.
  entity: 'String',
  detail: 'String',
});
export type FindingRow = RowOf<typeof findings>;
