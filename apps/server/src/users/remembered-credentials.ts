import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '@bellwether/core';
import type { User } from '../http/collaborators.ts';

const KEEP_MS = 10 * 60_000;
const MOST = 1_000;

/**
 * Credentials that were proved a short while ago, so that the quarter of a second of scrypt is not paid for each query.
 * What is kept is a digest under a key of this process, and no password.
 */
export class RememberedCredentials {
  readonly #key = randomBytes(32);
  readonly #users = new Map<string, { user: User; until: number }>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  digest(name: string, password: string): string {
    return createHmac('sha256', this.#key).update(`${name}\0${password}`).digest('base64');
  }

  find(digest: string): User | null {
    const found = this.#users.get(digest);
    if (found && found.until > this.#clock.now()) return found.user;
    this.#users.delete(digest);
    return null;
  }

  /** The oldest make room: each user has one right password, so only a change of the configuration could fill it. */
  keep(digest: string, user: User): void {
    this.#users.delete(digest);
    this.#users.set(digest, { user, until: this.#clock.now() + KEEP_MS });
    const [oldest] = this.#users.keys();
    if (this.#users.size > MOST && oldest !== undefined) this.#users.delete(oldest);
  }
}
