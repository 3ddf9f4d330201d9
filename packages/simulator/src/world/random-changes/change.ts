import type { PullRequest, Repository, User, World } from '../model.ts';
import type { Random } from '../random.ts';

/** One random change: where it may happen, with what luck, and when. */
export interface Occasion {
  readonly world: World;
  readonly random: Random;
  /** Lived in: neither archived nor deleted nor empty. */
  readonly repository: Repository;
  readonly at: number;
}

/**
 * Makes one change of its kind, and returns what it changed: a node id, or a name where the thing has none. Null
 * where nothing of the kind can happen: no pull request is open, say. Nothing has changed then.
 */
export type Change = (occasion: Occasion) => string | null;

export function pickOne<T>(random: Random, from: Iterable<T>, isMeant: (one: T) => boolean): T | undefined {
  const meant = [...from].filter(isMeant);
  return meant.length === 0 ? undefined : random.pick(meant);
}

export function pickPerson({ world, random }: Occasion, except?: string): User | undefined {
  return pickOne(random, world.users.values(), (user) => {
    return user.type === 'User' && !user.isDeleted && user.id !== except;
  });
}

export function pickOpen(
  { random, repository }: Occasion,
  isMeant: (pullRequest: PullRequest) => boolean = () => true,
): PullRequest | undefined {
  return pickOne(random, repository.pullRequests.values(), (each) => each.state === 'OPEN' && isMeant(each));
}

/** A change to an open pull request, by somebody. */
export function onOpenPullRequest(
  isMeant: (pullRequest: PullRequest) => boolean,
  change: (occasion: Occasion, pullRequest: PullRequest, actor: User) => void,
): Change {
  return (occasion) => {
    const pullRequest = pickOpen(occasion, isMeant);
    const actor = pickPerson(occasion);
    if (!pullRequest || !actor) return null;
    change(occasion, pullRequest, actor);
    return pullRequest.id;
  };
}

/** Nobody can change what is archived, and what is deleted is gone. */
export function isAlive(repository: Repository): boolean {
  return !repository.isArchived && !repository.isDeleted && repository.branches.has(repository.defaultBranch);
}
