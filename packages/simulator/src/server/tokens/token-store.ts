import type { Clock } from '@bellwether/core';
import type { Random } from '../../world/random.ts';
import type { Installation } from './app.ts';
import type { InstallationToken, Token } from './token.ts';

const HOUR_MS = 3_600_000;

/** The tokens that the server knows. Tests may change one at any time: revoke it, let it expire. */
export class TokenStore {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #tokens = new Map<string, Token>();

  constructor(tokens: readonly Token[], clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
    for (const token of tokens) this.#tokens.set(token.value, token);
  }

  /** Null for what is unknown, revoked or expired: GitHub says "Bad credentials" to all three. */
  find(value: string): Token | null {
    const token = this.#tokens.get(value);
    if (token === undefined || token.isRevoked === true) return null;
    const isExpired = token.expiresAt != null && this.#clock.now() >= token.expiresAt;
    return isExpired ? null : token;
  }

  /** A token of an App's installation, good for an hour. */
  issue({ id, permissions, repositories }: Installation): InstallationToken {
    const token: InstallationToken = {
      kind: 'installation',
      value: `ghs_${Array.from({ length: 36 }, () => this.#random.integer(0, 35).toString(36)).join('')}`,
      installationId: id,
      permissions,
      ...(repositories !== undefined && { repositories }),
      expiresAt: Math.floor(this.#clock.now() / 1000) * 1000 + HOUR_MS,
    };
    this.#tokens.set(token.value, token);
    return token;
  }
}
