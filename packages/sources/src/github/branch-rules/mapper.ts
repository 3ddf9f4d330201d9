import type { BranchRuleRow } from '@bellwether/warehouse';
import { z } from 'zod';
import type { BranchProtection, Ruleset } from './api-schema.ts';

/** What is kept of a rule for `replay`: all but the repository, and nobody's name. */
export const BranchRuleRecord = z.object({
  id: z.string(),
  origin: z.enum(['protection', 'ruleset']),
  name: z.string(),
  includes: z.array(z.string()),
  excludes: z.array(z.string()),
  enforcement: z.enum(['active', 'evaluate', 'disabled']),
  requiredApprovals: z.number().nullable(),
  requiresPullRequest: z.boolean(),
  requiresCodeOwnerReview: z.boolean(),
  requiresStatusChecks: z.boolean(),
  requiresLinearHistory: z.boolean(),
  allowsForcePushes: z.boolean(),
  isAdminEnforced: z.boolean().nullable(),
});
export type BranchRuleRecord = z.infer<typeof BranchRuleRecord>;

/** A classic protection always has force. Its pattern is all the name it has. */
export function pruneProtection(rule: BranchProtection): BranchRuleRecord {
  return {
    id: rule.id,
    origin: 'protection',
    name: rule.pattern,
    includes: [rule.pattern],
    excludes: [],
    enforcement: 'active',
    requiredApprovals: rule.requiredApprovingReviewCount,
    // Approvals are what makes GitHub ask for a pull request.
    requiresPullRequest: rule.requiresApprovingReviews,
    requiresCodeOwnerReview: rule.requiresCodeOwnerReviews,
    requiresStatusChecks: rule.requiresStatusChecks,
    requiresLinearHistory: rule.requiresLinearHistory,
    allowsForcePushes: rule.allowsForcePushes,
    isAdminEnforced: rule.isAdminEnforced,
  };
}

/** A ruleset about branches; who may pass it by is another question than whether administrators must keep to it. */
export function pruneRuleset(ruleset: Ruleset): BranchRuleRecord {
  const rules = (ruleset.rules?.nodes ?? []).filter((rule) => rule !== null);
  const types = new Set(rules.map(({ type }) => type));
  const reviews = rules.flatMap(({ parameters }) => (parameters === null ? [] : [parameters]));
  return {
    id: ruleset.id,
    origin: 'ruleset',
    name: ruleset.name,
    includes: ruleset.conditions.refName?.include ?? [],
    excludes: ruleset.conditions.refName?.exclude ?? [],
    enforcement: enforcements[ruleset.enforcement],
    requiredApprovals: Math.max(0, ...reviews.map((each) => each.requiredApprovingReviewCount)),
    requiresPullRequest: types.has('PULL_REQUEST'),
    requiresCodeOwnerReview: reviews.some((each) => each.requireCodeOwnerReview),
    requiresStatusChecks: types.has('REQUIRED_STATUS_CHECKS'),
    requiresLinearHistory: types.has('REQUIRED_LINEAR_HISTORY'),
    allowsForcePushes: !types.has('NON_FAST_FORWARD'),
    isAdminEnforced: null,
  };
}

const enforcements = { ACTIVE: 'active', DISABLED: 'disabled', EVALUATE: 'evaluate' } as const;

export function mapBranchRule(record: BranchRuleRecord, repo: string): BranchRuleRow {
  return {
    repo,
    rule_id: record.id,
    origin: record.origin,
    name: record.name,
    includes: record.includes,
    excludes: record.excludes,
    enforcement: record.enforcement,
    required_approvals: record.requiresPullRequest ? (record.requiredApprovals ?? 0) : 0,
    requires_pull_request: record.requiresPullRequest,
    requires_code_owner_review: record.requiresPullRequest && record.requiresCodeOwnerReview,
    requires_status_checks: record.requiresStatusChecks,
    requires_linear_history: record.requiresLinearHistory,
    allows_force_pushes: record.allowsForcePushes,
    is_admin_enforced: record.isAdminEnforced,
  };
}
