import { type Role, type ServedUser, usageError } from '@bellwether/core';
import { hashPassword, parsePasswordHash, type PasswordHash } from './password-hash.ts';

export interface KnownUser {
  name: string;
  role: Role;
  hash: PasswordHash;
}

/**
 * The users of the configuration, with what proves each. A password of the environment is hashed here as well, so that
 * proving takes the same time for everybody and the password itself is kept nowhere.
 *
 * @throws BellwetherError `password-missing`, `password-hash-invalid`
 */
export function loadUsers(
  users: readonly ServedUser[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<KnownUser[]> {
  return Promise.all(
    users.map(async ({ name, role, passwordHash, passwordVariable }) => ({
      name,
      role,
      hash:
        passwordHash === undefined
          ? await hashPassword(fromEnvironment(name, passwordVariable ?? '', env))
          : readHash(name, passwordHash),
    })),
  );
}

function fromEnvironment(
  name: string,
  variable: string,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const password = env[variable];
  if (password !== undefined && password.length >= 8) return password;
  const what = password ? 'has fewer than 8 characters' : 'is not set';
  throw usageError(
    'password-missing',
    `The password of ${name} should be in the environment, and ${variable} ${what}.`,
    `Set ${variable} and start again, or give ${name} a passwordHash: bellwether serve --hash-password`,
  );
}

function readHash(name: string, text: string): PasswordHash {
  const hash = parsePasswordHash(text);
  if (hash) return hash;
  throw usageError(
    'password-hash-invalid',
    `The passwordHash of ${name} is cut off, too weak or too expensive to be used.`,
    'bellwether serve --hash-password',
  );
}
