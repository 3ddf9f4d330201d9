import { z } from 'zod';
import { answerSchema } from '../answer-schema.ts';
import type { BranchProtectionsQuery, RulesetsQuery } from '../queries/generated.ts';

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });

const BranchProtection = z.object({
  id: z.string(),
  pattern: z.string(),
  isAdminEnforced: z.boolean(),
  allowsForcePushes: z.boolean(),
  requiresApprovingReviews: z.boolean(),
  requiredApprovingReviewCount: z.number().int().nullable(),
  requiresCodeOwnerReviews: z.boolean(),
  requiresStatusChecks: z.boolean(),
  requiresLinearHistory: z.boolean(),
});
export type BranchProtection = z.infer<typeof BranchProtection>;

export const BranchProtections = answerSchema<BranchProtectionsQuery>()(
  z.object({
    repository: z
      .object({
        branchProtectionRules: z.object({ nodes: z.array(BranchProtection.nullable()).nullable(), pageInfo }),
      })
      .nullable(),
  }),
);
export type BranchProtections = z.infer<typeof BranchProtections>;

const PullRequestParameters = z.object({
  requiredApprovingReviewCount: z.number().int(),
  requireCodeOwnerReview: z.boolean(),
});

const Ruleset = z.object({
  id: z.string(),
  name: z.string(),
  target: z.enum(['BRANCH', 'PUSH', 'REPOSITORY', 'TAG']).nullable(),
  enforcement: z.enum(['ACTIVE', 'DISABLED', 'EVALUATE']),
  conditions: z.object({
    refName: z.object({ include: z.array(z.string()), exclude: z.array(z.string()) }).nullable(),
  }),
  rules: z
    .object({
      totalCount: z.number().int(),
      nodes: z
        .array(
          z
            .object({
              type: z.string(),
              parameters: z
                .union([PullRequestParameters, z.strictObject({}).transform(() => null)])
                .nullable(),
            })
            .nullable(),
        )
        .nullable(),
    })
    .nullable(),
});
export type Ruleset = z.infer<typeof Ruleset>;

export const Rulesets = answerSchema<RulesetsQuery>()(
  z.object({
    repository: z
      .object({
        rulesets: z.object({ nodes: z.array(Ruleset.nullable()).nullable(), pageInfo }).nullable(),
      })
      .nullable(),
  }),
);
export type Rulesets = z.infer<typeof Rulesets>;
