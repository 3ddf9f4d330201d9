import { advance } from '../empty-world.ts';
import { nextDatabaseId, nodeId } from '../ids.ts';
import type { BranchProtection, Repository, Ruleset, World } from '../model.ts';

/** Protects branches by pattern, or changes what stands for that pattern. */
export function protectBranch(
  world: World,
  repository: Repository,
  pattern: string,
  rules: Partial<Omit<BranchProtection, 'id' | 'pattern'>>,
  at: number,
): BranchProtection {
  repository.updatedAt = advance(world, at);
  const standing = [...repository.branchProtections.values()].find((each) => each.pattern === pattern);
  const protection: BranchProtection = standing ?? {
    id: nodeId(world, 'BPR'),
    pattern,
    requiresApprovingReviews: true,
    requiredApprovingReviewCount: 1,
    requiresCodeOwnerReviews: false,
    requiresStatusChecks: true,
    requiresLinearHistory: false,
    allowsForcePushes: false,
    isAdminEnforced: false,
  };
  Object.assign(protection, rules);
  repository.branchProtections.set(protection.id, protection);
  return protection;
}

export function unprotectBranch(
  world: World,
  repository: Repository,
  protection: BranchProtection,
  at: number,
): void {
  repository.updatedAt = advance(world, at);
  repository.branchProtections.delete(protection.id);
}

export type NewRuleset = Pick<Ruleset, 'name'> & Partial<Omit<Ruleset, 'id' | 'databaseId' | 'name'>>;

export function addRuleset(world: World, repository: Repository, input: NewRuleset, at: number): Ruleset {
  repository.updatedAt = advance(world, at);
  const databaseId = nextDatabaseId(world);
  const ruleset: Ruleset = {
    id: nodeId(world, 'RRS', databaseId),
    databaseId,
    enforcement: 'ACTIVE',
    target: 'BRANCH',
    includeRefs: ['~DEFAULT_BRANCH'],
    excludeRefs: [],
    ruleTypes: ['PULL_REQUEST', 'REQUIRED_STATUS_CHECKS', 'NON_FAST_FORWARD'],
    requiredApprovingReviewCount: 1,
    requiresCodeOwnerReview: false,
    ...input,
  };
  repository.rulesets.set(ruleset.id, ruleset);
  return ruleset;
}
