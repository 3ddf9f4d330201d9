import type { Repository, World } from '../model.ts';
import { checkActivity } from './activity.ts';
import { type Complain, instantsOf } from './complain.ts';
import { checkGit } from './git.ts';
import { checkPullRequest } from './pull-requests.ts';

/**
 * What could not be so at GitHub, in words: a merge before the pull request, a branch without its commit, ids that do
 * not grow with time. Empty for every world that was generated and mutated.
 */
export function findInconsistencies(world: World): string[] {
  const found: string[] = [];
  const ids = new Set<string>();
  const complain: Complain = (about, isRight, what) => {
    if (!isRight) found.push(`${about}: ${what}`);
  };
  for (const id of everyNodeId(world)) {
    complain(id, !ids.has(id), 'a node id twice');
    ids.add(id);
  }
  for (const repository of world.repositories.values()) {
    checkRepository(world, repository, complain);
  }
  for (const team of world.teams.values()) {
    const isKnown = team.parentId === null || world.teams.has(team.parentId);
    complain(`team ${team.slug}`, isKnown, 'an unknown parent');
    for (const id of team.memberIds) {
      complain(`team ${team.slug}`, world.users.get(id)?.isDeleted === false, 'a member without an account');
    }
  }
  return found;
}

function checkRepository(world: World, repository: Repository, complain: Complain): void {
  const { name } = repository;
  for (const instant of instantsOf(repository)) {
    complain(name, instant % 1000 === 0, `${instant} is not a whole second`);
    complain(name, instant <= world.now, `${instant} is in the future`);
  }
  checkGit(world, repository, complain);
  const numbers = [...repository.pullRequests.keys(), ...repository.issues.keys()];
  complain(name, new Set(numbers).size === numbers.length, 'an issue and a pull request of one number');
  for (const pullRequest of repository.pullRequests.values()) {
    checkPullRequest(world, repository, pullRequest, complain);
  }
  checkActivity(repository, complain);

  const created = [
    repository.pullRequests,
    repository.issues,
    repository.deployments,
    repository.releases,
    repository.workflowRuns,
  ];
  for (const things of created) {
    const inOrder = [...things.values()].sort((a, b) => a.databaseId - b.databaseId);
    const isSorted = inOrder.every(
      (each, index) => index === 0 || inOrder[index - 1]!.createdAt <= each.createdAt,
    );
    complain(name, isSorted, 'database ids do not grow with time');
  }
}

function* everyNodeId(world: World): Generator<string> {
  yield* world.users.keys();
  yield* world.teams.keys();
  yield* world.repositories.keys();
  for (const repository of world.repositories.values()) {
    for (const { id, reviews, timeline } of repository.pullRequests.values()) {
      yield id;
      for (const nested of [...reviews, ...timeline]) yield nested.id;
    }
    for (const { id } of repository.issues.values()) yield id;
    for (const { id, statuses } of repository.deployments.values()) {
      yield id;
      for (const status of statuses) yield status.id;
    }
    yield* repository.releases.keys();
    for (const { id, checkSuiteId, attempts } of repository.workflowRuns.values()) {
      yield id;
      yield checkSuiteId;
      for (const { jobs } of attempts) for (const job of jobs) yield job.id;
    }
  }
}
