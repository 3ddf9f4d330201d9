import type { Repository, World } from './model.ts';

/** Greater than every one before. */
export function nextDatabaseId(world: World): number {
  world.counters.databaseId += 1;
  return world.counters.databaseId;
}

/** Opaque, and no two alike in a world: the database id is in it. */
export function nodeId(world: World, prefix: string, databaseId = nextDatabaseId(world)): string {
  return `${prefix}_${Buffer.from(`${world.seed}:${databaseId}`).toString('base64url')}`;
}

/** The next number of a pull request or issue. */
export function nextNumber(world: World, repository: Repository): number {
  const number = (world.counters.numbers.get(repository.id) ?? 0) + 1;
  world.counters.numbers.set(repository.id, number);
  return number;
}
