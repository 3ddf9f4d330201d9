import { randomBytes } from 'node:crypto';
import { type Clock, type Config, usageError } from '@bellwether/core';
import type { Authenticate, Screen } from '../http/collaborators.ts';
import { createAuthenticator } from './authenticator.ts';
import { isLoopback, parseListen } from './client-address.ts';
import { foreignRequest } from './foreign-requests.ts';
import { loadUsers } from './known-users.ts';
import { hashPassword } from './password-hash.ts';

export interface Doorkeeper {
  /** Whether programs of this machine read metrics without a password. */
  isOpen: boolean;
  authenticate: Authenticate;
  screen: Screen;
}

export interface DoorkeeperOptions {
  users: Config['serve']['users'];
  /** Where the server is to listen. */
  listen: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Password of this machine's own commands; null: there are none. */
  localKey: string | null;
  clock: Clock;
}

/**
 * Decides who may ask at all.
 *
 * @throws BellwetherError `users-missing` where others could reach a server without users, `password-missing`,
 *   `password-hash-invalid`
 */
export async function createDoorkeeper(options: DoorkeeperOptions): Promise<Doorkeeper> {
  const { listen, env, localKey, clock } = options;
  const isOpen = options.users.length === 0;
  if (isOpen && !isLoopback(parseListen(listen)?.host ?? '')) throw usersMissing(listen);
  const users = await loadUsers(options.users, env);
  const nobody = await hashPassword(randomBytes(32).toString('hex'));
  return {
    isOpen,
    authenticate: createAuthenticator({ users, nobody, localKey, clock }),
    screen: (request) => foreignRequest(request, isOpen),
  };
}

/** Refusal to listen where others could come in. */
export function usersMissing(listen: string): Error {
  return usageError(
    'users-missing',
    `On ${listen} other machines could ask, and no users are configured.`,
    'Add users to `serve.users` in bellwether.yaml (bellwether serve --hash-password makes what stands there), or: ' +
      'bellwether serve --listen 127.0.0.1:8123',
  );
}
