import { codeOwnerLines } from './code-owner-lines.ts';
import type { Repository } from '../world/model.ts';
import { personOf, repoOf, teamOf, type View } from './view.ts';

type Row = Record<string, unknown>;

export function expectedRepository(view: View, repository: Repository): Row {
  return {
    repo: repoOf(view, repository),
    default_branch: repository.defaultBranch,
    head_sha: repository.branches.get(repository.defaultBranch) ?? null,
    is_shallow: false,
    has_paths: false,
    repo_id: `${view.host}:${repository.id}`,
    visibility: repository.visibility.toLowerCase(),
    is_fork: repository.isFork,
    is_archived: repository.isArchived,
    is_gone: false,
    created_at: repository.createdAt,
    pushed_at: repository.branches.size === 0 ? null : repository.pushedAt,
    primary_language: repository.primaryLanguage ?? '',
  };
}

/** Teams that exist now. */
export function expectedTeams(view: View): Row[] {
  return [...view.world.teams.values()].map((team) => ({
    team: teamOf(view, team.id),
    team_id: team.id,
    name: team.name,
    parent_team: team.parentId === null ? '' : teamOf(view, team.parentId),
    valid_to: null,
  }));
}

/** Memberships that hold now; when they began depends on when somebody looked. */
export function expectedMembers(view: View): Row[] {
  return [...view.world.teams.values()].flatMap((team) =>
    [...team.memberIds].flatMap((userId) => {
      const { key } = personOf(view, userId);
      return key === '' ? [] : [{ team: teamOf(view, team.id), person_key: key, valid_to: null }];
    }),
  );
}

export function expectedCodeOwners(view: View, repository: Repository): Row[] {
  const file = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS']
    .map((path) => repository.files.get(path))
    .find((text) => text !== undefined);
  return codeOwnerLines(view, file ?? '').map((line) => ({ repo: repoOf(view, repository), ...line }));
}

export function expectedBranchRules(view: View, repository: Repository): Row[] {
  const repo = repoOf(view, repository);
  const protections = [...repository.branchProtections.values()].map((rule) => ({
    repo,
    origin: 'protection',
    includes: [rule.pattern],
    enforcement: 'active',
    required_approvals: rule.requiresApprovingReviews ? rule.requiredApprovingReviewCount : 0,
    requires_code_owner_review: rule.requiresCodeOwnerReviews,
    requires_status_checks: rule.requiresStatusChecks,
    requires_linear_history: rule.requiresLinearHistory,
    allows_force_pushes: rule.allowsForcePushes,
    is_admin_enforced: rule.isAdminEnforced,
  }));
  const rulesets = [...repository.rulesets.values()]
    .filter(({ target }) => target === 'BRANCH')
    .map((rule) => ({
      repo,
      origin: 'ruleset',
      name: rule.name,
      includes: rule.includeRefs,
      excludes: rule.excludeRefs,
      enforcement: rule.enforcement.toLowerCase(),
      requires_pull_request: rule.ruleTypes.includes('PULL_REQUEST'),
      requires_status_checks: rule.ruleTypes.includes('REQUIRED_STATUS_CHECKS'),
    }));
  return [...protections, ...rulesets];
}
