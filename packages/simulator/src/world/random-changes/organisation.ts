import { codeOwners } from '../generation/repository-files.ts';
import { changeFiles, pushToDefaultBranch } from '../mutations/commits.ts';
import { protectBranch, unprotectBranch } from '../mutations/protections.ts';
import {
  addRepository,
  archiveRepository,
  deleteRepository,
  renameRepository,
} from '../mutations/repositories.ts';
import { deleteUser, joinTeam, leaveTeam, renameTeam } from '../mutations/users.ts';
import { addWorkflow } from '../mutations/workflow-runs.ts';
import { changeTitle } from '../names.ts';
import type { Repository, World } from '../model.ts';
import { type Change, isAlive, type Occasion, pickOne, pickPerson } from './change.ts';

export const teamChanges = {
  'team.joined': (occasion) => {
    const { world, random, at } = occasion;
    const user = pickPerson(occasion);
    const team = user && pickOne(random, world.teams.values(), ({ memberIds }) => !memberIds.has(user.id));
    if (!team) return null;
    joinTeam(world, team, user, at);
    return team.id;
  },
  'team.left': ({ world, random, at }) => {
    const team = pickOne(random, world.teams.values(), ({ memberIds }) => memberIds.size > 0);
    if (!team) return null;
    leaveTeam(world, team, world.users.get(random.pick([...team.memberIds]))!, at);
    return team.id;
  },
  'team.renamed': ({ world, random, at }) => {
    const team = pickOne(random, world.teams.values(), () => true);
    if (!team) return null;
    renameTeam(world, team, `Team ${world.counters.databaseId} ${random.integer(1, 99)}`, at);
    return team.id;
  },
  'user.deleted': (occasion) => {
    const user = pickPerson(occasion);
    // Somebody has to be left to act.
    if (!user || !pickPerson(occasion, user.id)) return null;
    deleteUser(occasion.world, user, occasion.at);
    return user.id;
  },
} satisfies Record<string, Change>;

export const repositoryChanges = {
  'branch.pushed': pushOne,
  'repository.created': createOne,
  'repository.renamed': ({ world, repository, at }) => {
    renameRepository(
      world,
      repository,
      `renamed-${repository.databaseId}-${repository.formerNames.length + 1}`,
      at,
    );
    return repository.id;
  },
  'repository.archived': ({ world, repository, at }) => {
    if (!hasOthers(world, repository)) return null;
    archiveRepository(world, repository, at);
    return repository.id;
  },
  'repository.deleted': ({ world, repository, at }) => {
    if (!hasOthers(world, repository)) return null;
    deleteRepository(world, repository, at);
    return repository.id;
  },
  'code-owners.changed': changeCodeOwners,
  'protection.changed': changeProtection,
} satisfies Record<string, Change>;

/** The last one stays, or nothing could ever happen again. */
function hasOthers(world: World, repository: Repository): boolean {
  return [...world.repositories.values()].some((other) => other !== repository && isAlive(other));
}

function pushOne(occasion: Occasion): string | null {
  const { world, random, repository, at } = occasion;
  const author = pickPerson(occasion);
  if (!author) return null;
  const message = changeTitle(random);
  return pushToDefaultBranch(world, repository, { author, authoredAt: at, message }, at).sha;
}

function createOne(occasion: Occasion): string | null {
  const { world, at } = occasion;
  const author = pickPerson(occasion);
  if (!author) return null;
  const repository = addRepository(world, { name: `created-${world.counters.databaseId}` }, at);
  const files = new Map([['README.md', `# ${repository.name}\n`]]);
  changeFiles(world, repository, files, { author, message: 'Initial commit' }, at);
  addWorkflow(world, repository, { name: 'CI', path: '.github/workflows/ci.yml' });
  return repository.id;
}

const codeOwnersPaths = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];

/** Rewritten, or gone now and then. */
function changeCodeOwners(occasion: Occasion): string | null {
  const { world, random, repository, at } = occasion;
  const author = pickPerson(occasion);
  const team = pickOne(random, world.teams.values(), () => true);
  if (!author || !team) return null;
  const standing = codeOwnersPaths.find((path) => repository.files.has(path));
  const path = standing ?? codeOwnersPaths[0]!;
  const isDropped = standing !== undefined && random.chance(0.1);
  const owners = codeOwners(world, repository, random, { team, others: [...world.teams.values()] });
  const text = isDropped ? null : `${owners}# ${world.counters.databaseId}\n`;
  changeFiles(world, repository, new Map([[path, text]]), { author, message: 'Change code owners' }, at);
  return path;
}

function changeProtection({ world, random, repository, at }: Occasion): string | null {
  const standing = pickOne(random, repository.branchProtections.values(), () => true);
  if (standing && random.chance(0.2)) {
    unprotectBranch(world, repository, standing, at);
    return standing.id;
  }
  const rules = {
    requiredApprovingReviewCount: random.integer(0, 3),
    requiresCodeOwnerReviews: random.chance(0.5),
    requiresStatusChecks: random.chance(0.5),
  };
  return protectBranch(world, repository, standing?.pattern ?? repository.defaultBranch, rules, at).id;
}
