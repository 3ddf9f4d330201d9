import type { User, World } from '../../world/model.ts';

/** Whose token it is. An account that does nothing in the world, such as a machine's, is made up. */
export function ownerOf(world: World, login: string): User {
  for (const user of world.users.values()) if (user.login === login) return user;
  return {
    id: `U_${Buffer.from(login).toString('base64url')}`,
    databaseId: 1,
    login,
    name: login,
    email: '',
    type: 'User',
    timeZone: 'UTC',
    isDeleted: false,
  };
}
