import { defineTable, type RowOf, words } from '../table.ts';

/** What protects branches: classic protections and rulesets. */
export const branchRules = defineTable('domain.branch_rules', ['repo', 'rule_id'], {
  repo: 'LowCardinality(String)',
  rule_id: 'String',
  origin: words('protection', 'ruleset'),
  name: 'String',
  // Branch names with wildcards; rulesets also know ~DEFAULT_BRANCH and ~ALL.
  includes: 'Array(String)',
  excludes: 'Array(String)',
  enforcement: words('active', 'evaluate', 'disabled'),
  required_approvals: 'UInt32',
  requires_pull_request: 'Bool',
  requires_code_owner_review: 'Bool',
  requires_status_checks: 'Bool',
  requires_linear_history: 'Bool',
  allows_force_pushes: 'Bool',
  // Null where the source does not say.
  is_admin_enforced: 'Nullable(Bool)',
});
export type BranchRuleRow = RowOf<typeof branchRules>;
