import { defineTable, type RowOf, words } from '../table.ts';

/** One row per change that reached the default branch: a merged pull request, else a commit. */
export const changes = defineTable('facts.changes', ['repo', 'change_id'], {
  change_id: 'String',
  kind: words('pull_request', 'commit'),
  repo: 'LowCardinality(String)',
  number: 'Nullable(UInt32)',
  title: 'String',
  merge_sha: 'String',
  // The commits that belong to it, the merge included, and those of a branch that was squashed or rebased.
  commit_shas: 'Array(String)',
  // Those that it belongs to, deployed or not, as they may be shown; '(unattributed)' where it may be any of several,
  // empty where it belongs to none.
  services: 'Array(LowCardinality(String))',
  // As it may be shown: '(withheld)' where it was too small; '' where nobody knows.
  team: 'LowCardinality(String)',
  team_group: 'LowCardinality(String)',
  is_bot: 'Bool',
  head_branch: 'Nullable(String)',
  // The change that this one takes back.
  reverts_change_id: 'Nullable(String)',
  first_authored_at: "Nullable(DateTime64(3, 'UTC'))",
  merged_at: "Nullable(DateTime64(3, 'UTC'))",
  // `merge`: a squash hides when work began, so its clock starts at the merge.
  starts_at: words('first_commit', 'merge'),
  // Its primary production deployment, as `change_deployments` has it; null and '' as long as there is none.
  deployed_at: "Nullable(DateTime64(3, 'UTC'))",
  deployment_id: 'String',
  // Of that deployment, as it may be shown.
  service: 'LowCardinality(String)',
  environment: 'LowCardinality(String)',
  // Why it cannot be said whether it waits, or waited, for a deployment.
  awaiting_gap: words('', 'baseline', 'never-deployed'),
});
export type ChangeRow = RowOf<typeof changes>;
