import { defineTable, type RowOf, words } from '../table.ts';

/** What is wrong with the data, one row per thing. Nothing that was left out stays silent. */
export const findings = defineTable('facts.findings', ['repo', 'kind', 'entity'], {
  // Empty for what concerns no repository, such as a team.
  repo: 'LowCardinality(String)',
  service: 'LowCardinality(String)',
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
    'negative-stage',
    'negative-build-time',
    'incident-resolved-before-opened',
    'incident-before-any-deployment',
    'unmapped-environment',
    'service-without-owner',
    'globs-match-nothing',
    'authors-without-team',
    'team-in-two-groups',
    'overlapping-membership',
    'unknown-time-zone',
  ),
  // The sha, change, deployment or incident it is about.
  entity: 'String',
  detail: 'String',
  // What to do about it, in a sentence.
  fix: 'String',
});
export type FindingRow = RowOf<typeof findings>;
