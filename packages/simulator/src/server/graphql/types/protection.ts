import type { Ruleset } from '../../../world/model.ts';
import { type PageArguments, pageOfList } from '../connection.ts';
import { defineType } from '../define-type.ts';
import { formatTime } from '../../time-format.ts';
import type { BranchProtectionSource, RulesetSource } from '../sources.ts';

export const branchProtectionRule = defineType<BranchProtectionSource>('BranchProtectionRule', {
  id: ({ value }) => value.id,
  pattern: ({ value }) => value.pattern,
  requiresApprovingReviews: ({ value }) => value.requiresApprovingReviews,
  requiredApprovingReviewCount: ({ value }) =>
    value.requiresApprovingReviews ? value.requiredApprovingReviewCount : null,
  requiresCodeOwnerReviews: ({ value }) => value.requiresCodeOwnerReviews,
  requiresStatusChecks: ({ value }) => value.requiresStatusChecks,
  requiresLinearHistory: ({ value }) => value.requiresLinearHistory,
  allowsForcePushes: ({ value }) => value.allowsForcePushes,
  allowsDeletions: () => false,
  isAdminEnforced: ({ value }) => value.isAdminEnforced,
  repository: ({ repository }) => ({ typename: 'Repository', value: repository }),
});

interface RuleSource {
  readonly typename: 'RepositoryRule';
  readonly type: string;
  readonly ruleset: Ruleset;
}

export const ruleset = defineType<RulesetSource>('RepositoryRuleset', {
  id: ({ value }) => value.id,
  databaseId: ({ value }) => value.databaseId,
  name: ({ value }) => value.name,
  enforcement: ({ value }) => value.enforcement,
  target: ({ value }) => value.target,
  source: ({ repository }) => ({ typename: 'Repository', value: repository }),
  createdAt: ({ repository }) => formatTime(repository.createdAt),
  updatedAt: ({ repository }) => formatTime(repository.createdAt),
  conditions: ({ value }) => value,
  rules: ({ value }, args: PageArguments & { readonly type?: string | null }) =>
    pageOfList(
      value.ruleTypes.filter((type) => args.type == null || args.type === type),
      args,
      {
        idOf: (type) => type,
        map: (type): RuleSource => ({ typename: 'RepositoryRule', type, ruleset: value }),
      },
    ),
});

export const rulesetConditions = defineType<Ruleset>('RepositoryRuleConditions', {
  refName: (value) => value,
  repositoryId: () => null,
  repositoryName: () => null,
  repositoryProperty: () => null,
});

export const refNameCondition = defineType<Ruleset>('RefNameConditionTarget', {
  include: ({ includeRefs }) => includeRefs,
  exclude: ({ excludeRefs }) => excludeRefs,
});

export const rule = defineType<RuleSource>('RepositoryRule', {
  id: ({ type, ruleset: { id } }) => `RR_${Buffer.from(`${id}:${type}`).toString('base64url')}`,
  type: ({ type }) => type,
  /** Only those of pull requests are kept in the world; others show none. */
  parameters: ({ type, ruleset: value }) =>
    type === 'PULL_REQUEST' ? { typename: 'PullRequestParameters', value } : null,
});

export const pullRequestParameters = defineType<{ readonly value: Ruleset }>('PullRequestParameters', {
  requiredApprovingReviewCount: ({ value }) => value.requiredApprovingReviewCount,
  requireCodeOwnerReview: ({ value }) => value.requiresCodeOwnerReview,
  dismissStaleReviewsOnPush: () => false,
  requireLastPushApproval: () => false,
  requiredReviewThreadResolution: () => false,
  allowedMergeMethods: () => null,
});
