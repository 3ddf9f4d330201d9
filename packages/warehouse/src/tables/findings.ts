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
    'unlanded-pull-request',
    'negative-recovery-time',
    'unresolved-incident-cause',
    'unresolved-ruling',
    'incident-without-service',
    'silenced-signal',
    'environment-without-facts',
  ),
  // The sha, change, deployment or incident it is about.
  entity: 'String',
  detail: 'String',
});
export type FindingRow = RowOf<typeof findings>;
