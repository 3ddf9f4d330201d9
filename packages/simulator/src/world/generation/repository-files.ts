import type { Repository, Team, World } from '../model.ts';
import { changeFiles } from '../mutations/commits.ts';
import { addRuleset, protectBranch } from '../mutations/protections.ts';
import type { WorldParameters } from '../parameters.ts';
import type { Random } from '../random.ts';

export interface Owners {
  readonly team: Team;
  readonly others: readonly Team[];
}

/** The first commit: a readme, a workflow and, where the repository has them, its code owners. */
export function writeFirstFiles(
  world: World,
  repository: Repository,
  parameters: WorldParameters,
  random: Random,
  { team, others }: Owners,
  at: number,
): void {
  const files = new Map([
    ['README.md', `# ${repository.name}\n\nSimulated data: nothing here is real.\n`],
    ['.github/workflows/ci.yml', 'name: CI\non: [push, pull_request]\n'],
  ]);
  if (random.chance(parameters.repositories.codeOwnersShare)) {
    const path = random.weighted({ '.github/CODEOWNERS': 6, CODEOWNERS: 3, 'docs/CODEOWNERS': 1 });
    files.set(path, codeOwners(world, repository, random, { team, others }));
  }
  const member = [...team.memberIds].map((id) => world.users.get(id)!)[0];
  const author = member ?? { name: 'Unknown', email: 'unknown@laptop.invalid' };
  changeFiles(world, repository, files, { author, message: 'Initial commit' }, at);
}

/** The team owns everything, other teams own single services. */
export function codeOwners(
  world: World,
  repository: Repository,
  random: Random,
  { team, others }: Owners,
): string {
  const handle = ({ slug }: Team) => `@${world.organisation.login}/${slug}`;
  const lines = ['# Simulated data', `* ${handle(team)}`];
  for (const { path } of repository.services) {
    if (path !== '') lines.push(`/${path}/ ${handle(random.pick([team, ...others]))}`);
  }
  if (random.chance(0.5)) lines.push(`/docs/ ${handle(random.pick([team, ...others]))}`);
  return `${lines.join('\n')}\n`;
}

export function protect(
  world: World,
  repository: Repository,
  parameters: WorldParameters,
  random: Random,
  at: number,
): void {
  const { protectedShare, rulesetShare } = parameters.repositories;
  if (random.chance(protectedShare)) {
    protectBranch(
      world,
      repository,
      repository.defaultBranch,
      {
        requiredApprovingReviewCount: random.integer(1, 2),
        requiresCodeOwnerReviews: random.chance(0.4),
        requiresStatusChecks: random.chance(0.8),
        requiresLinearHistory: random.chance(0.3),
        isAdminEnforced: random.chance(0.3),
      },
      at,
    );
  }
  if (random.chance(rulesetShare)) {
    const enforcement = random.weighted({ ACTIVE: 8, EVALUATE: 1, DISABLED: 1 });
    addRuleset(world, repository, { name: 'default branch', enforcement }, at);
  }
}
