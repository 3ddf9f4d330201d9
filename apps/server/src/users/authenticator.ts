import { timingSafeEqual } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@bellwether/core';
import { QueryError, roleOfEndpointUser } from '@bellwether/warehouse';
import type { Authenticate, Credentials, User } from '../http/collaborators.ts';
import { isLoopback, isOfThisMachine } from './client-address.ts';
import { FairTurns } from './fair-turns.ts';
import type { KnownUser } from './known-users.ts';
import { isPassword, type PasswordHash } from './password-hash.ts';
import { LoginRefused } from './login-refused.ts';
import { RememberedCredentials } from './remembered-credentials.ts';
import { WrongPasswordDelay } from './wrong-password-delay.ts';

export interface AuthenticatorOptions {
  users: readonly KnownUser[];
  /** Measured against for names that nobody has, so that these take as long as a wrong password. */
  nobody: PasswordHash;
  /** Password of this machine's own commands, from the endpoint file; null: there is none. */
  localKey: string | null;
  clock: Clock;
  /** For tests. */
  wait?: (ms: number) => Promise<unknown>;
}

const ANYBODY: User = { name: 'default', role: 'dashboards' };

/**
 * Says who somebody is. Without users programs of this machine may read as *dashboards*; with users nobody comes in
 * without a password. Wrong ones cost a growing delay; whoever was proved a short while ago passes at once, even while
 * somebody else guesses at their name.
 */
export function createAuthenticator(options: AuthenticatorOptions): Authenticate {
  const { users, localKey, clock } = options;
  const remembered = new RememberedCredentials(clock);
  const proving = new Map<string, Promise<User | null>>();
  const prove = prover(options);
  const configured = new Set(users.map(({ name }) => name));

  return async (credentials, address, signal) => {
    if (users.length === 0 && isAnonymous(credentials)) {
      if (isLoopback(address)) return ANYBODY;
      throw passwordRequired();
    }
    if (credentials === null) throw passwordRequired();
    const { name, password } = credentials;
    // The other commands of this account, by the key of the endpoint file.
    const localRole = roleOfEndpointUser(name);
    if (localRole && localKey !== null && isOfThisMachine(address) && isSame(password, localKey)) {
      return { name, role: localRole };
    }
    const digest = remembered.digest(name, password);
    const known = remembered.find(digest);
    if (known) return known;

    // Fifty panels of a dashboard that ask at once are one proof.
    const key = `${address} ${digest}`;
    const proof = proving.get(key) ?? prove(credentials, address).finally(() => proving.delete(key));
    proving.set(key, proof);
    const user = await unlessAborted(proof, signal);
    if (!user) throw refused(configured.has(name) ? name : null);
    remembered.keep(digest, user);
    return user;
  };
}

function prover({ users, nobody, clock, wait = sleep }: AuthenticatorOptions) {
  const byName = new Map(users.map((user) => [user.name, user]));
  const delay = new WrongPasswordDelay(clock);
  // One core at most goes into passwords, whoever sends them: the engine needs the others.
  const turns = new FairTurns(1, 20);

  return async ({ name, password }: Credentials, address: string): Promise<User | null> => {
    const attempt = delay.begin(address, name);
    const known = byName.get(name);
    if (!attempt) throw tooMany(known?.name ?? null);
    let isRight = false;
    try {
      if (attempt.waitMs > 0) await wait(attempt.waitMs);
      const outcome = await turns.run(address, () => isPassword(password, known?.hash ?? nobody));
      if (outcome === null) throw tooMany(known?.name ?? null);
      isRight = outcome && known !== undefined;
    } finally {
      if (isRight) attempt.succeeded();
      else attempt.failed();
    }
    return known && isRight ? { name: known.name, role: known.role } : null;
  };
}

/** What ClickHouse's clients send where nobody told them a user. */
function isAnonymous(credentials: Credentials | null): boolean {
  return credentials === null || (credentials.name === 'default' && credentials.password === '');
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(new QueryError(394, 'QUERY_WAS_CANCELLED', 'The client hung up.'));
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

function passwordRequired(): QueryError {
  return new QueryError(
    194,
    'REQUIRED_PASSWORD',
    'Authentication failed: this server asks for a user and a password.',
  );
}

function refused(triedUser: string | null): LoginRefused {
  return new LoginRefused(
    'Authentication failed: password is incorrect, or there is no user with such name.',
    triedUser,
  );
}

function tooMany(triedUser: string | null): LoginRefused {
  return new LoginRefused(
    'Authentication failed: too many wrong passwords from this address. Try again in a minute.',
    triedUser,
  );
}
