import type { User } from '../../../world/model.ts';
import { formatTime } from '../../time-format.ts';
import type { Context } from '../context.ts';
import { defineType } from '../define-type.ts';
import type { AccountSource } from '../sources.ts';

/** An account as an `Actor`; null for a deleted one, as GitHub shows it. */
export function actorOf({ world }: Context, id: string | null): AccountSource | null {
  const account = id === null ? undefined : world.users.get(id);
  return account === undefined || account.isDeleted ? null : { typename: account.type, value: account };
}

/** A person; null for bots too, where the schema wants a `User`. */
export function userOf(context: Context, id: string | null): AccountSource | null {
  const actor = actorOf(context, id);
  return actor?.typename === 'User' ? actor : null;
}

/** Accounts exist longer than any repository here. */
const accountCreatedAt = Date.UTC(2010, 0, 1);

const profile = {
  id: ({ value }: AccountSource) => value.id,
  databaseId: ({ value }: AccountSource) => value.databaseId,
  login: ({ value }: AccountSource) => value.login,
  avatarUrl: ({ value }: AccountSource, _: never, { origin }: Context) =>
    `${origin}/avatars/u/${value.databaseId}`,
  url: ({ value }: AccountSource, _: never, { origin }: Context) => `${origin}${pathOf(value)}`,
  resourcePath: ({ value }: AccountSource) => pathOf(value),
  createdAt: () => formatTime(accountCreatedAt),
  updatedAt: () => formatTime(accountCreatedAt),
};

function pathOf(account: User): string {
  return account.type === 'Bot' ? `/apps/${account.login}` : `/${account.login}`;
}

export const user = defineType<AccountSource>('User', {
  ...profile,
  name: ({ value }) => value.name,
  email: ({ value }) => value.email,
  /** Nobody here has set a status. */
  status: () => null,
});

/** For queries that ask whether somebody is away. */
export const userStatus = defineType<never>('UserStatus', {
  indicatesLimitedAvailability: () => false,
  expiresAt: () => null,
});

export const bot = defineType<AccountSource>('Bot', profile);
