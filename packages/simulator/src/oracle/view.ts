import { type Config, nameMatcher, personKey } from '@bellwether/core';
import type { Repository, World } from '../world/model.ts';

/** Whose eyes the world is seen with: what a warehouse of this configuration should hold of it. */
export interface View {
  readonly world: World;
  /** Host that names repositories. */
  readonly host: string;
  readonly secret: string;
  readonly config: Config;
}

/** What an account becomes in the warehouse. */
export interface Seen {
  readonly key: string;
  readonly isBot: boolean;
}

export function repoOf({ world, host }: View, repository: Repository): string {
  return `${host}/${world.organisation.login}/${repository.name}`;
}

export function personOf({ world, host, secret, config }: View, userId: string | null): Seen {
  const user = userId === null ? undefined : world.users.get(userId);
  if (user === undefined || user.isDeleted) return { key: '', isBot: false };
  return {
    key: personKey(secret, `${host}:${user.id}`),
    isBot: user.type === 'Bot' || nameMatcher(config.bots)(user.login),
  };
}

/**
 * The keys of accounts that are gone. GitHub shows nobody in their place; a warehouse that had read what they did before,
 * and that nothing has touched since, rightly still has them.
 */
export function keysOfDeleted({ world, host, secret }: Omit<View, 'config'>): Set<string> {
  const gone = [...world.users.values()].filter(({ isDeleted }) => isDeleted);
  return new Set(gone.map(({ id }) => personKey(secret, `${host}:${id}`)));
}

export function teamOf({ world }: View, teamId: string): string {
  const team = world.teams.get(teamId);
  if (team === undefined) throw new Error(`the world has no team ${teamId}`);
  return `${world.organisation.login}/${team.slug}`;
}

/** The key of a reviewer, a person or a team. */
export function reviewerOf(view: View, reviewer: { kind: 'user' | 'team'; id: string }): string {
  return reviewer.kind === 'team' ? `team:${teamOf(view, reviewer.id)}` : personOf(view, reviewer.id).key;
}
