import type { Instant } from '@bellwether/core';
import type { Governor } from '../../engine/budget/governor.ts';
import type { Secret } from './secret.ts';

/** One credential with the budget that GitHub gives it. */
export interface Bearer {
  readonly governor: Governor;
  /** The account that it is for, in lower case; null: whatever it can see. */
  readonly owner: string | null;
  /** What it may, where GitHub has told without being asked: `contents`, `actions`. */
  readonly permissions: ReadonlySet<string> | null;
  /** What goes into the header. */
  token(signal: AbortSignal): Promise<Secret>;
  /** After GitHub refused it: whether another token can be had. Tried once for each request. */
  renew(refused: Secret): boolean;
}

/** A personal access token. */
export function tokenBearer(token: Secret, governor: Governor): Bearer {
  return { governor, owner: null, permissions: null, token: async () => token, renew: () => false };
}

export interface InstallationToken {
  readonly token: Secret;
  /** By our clock. */
  readonly expiresAt: Instant;
}

export interface InstallationOptions {
  readonly owner: string;
  readonly permissions: ReadonlySet<string>;
  readonly governor: Governor;
  readonly now: () => Instant;
  readonly fetchToken: (signal: AbortSignal) => Promise<InstallationToken>;
}

/** A request that is on its way when the token expires would be lost. */
const EARLY_MS = 5 * 60_000;

/** An installation of a GitHub App: its tokens live for an hour, and a new one is fetched before the old one ends. */
export function installationBearer(options: InstallationOptions): Bearer {
  const { owner, permissions, governor, now, fetchToken } = options;
  let current: InstallationToken | null = null;
  let coming: Promise<Secret> | null = null;
  const fetchNew = async (signal: AbortSignal): Promise<Secret> => {
    try {
      current = await fetchToken(signal);
      return current.token;
    } finally {
      coming = null;
    }
  };
  return {
    governor,
    owner: owner.toLowerCase(),
    permissions,
    token: async (signal) => {
      if (current !== null && now() < current.expiresAt - EARLY_MS) return current.token;
      // One asks for all that come meanwhile.
      return (coming ??= fetchNew(signal));
    },
    renew(refused) {
      // Another request may have renewed it already.
      if (current?.token === refused) current = null;
      return true;
    },
  };
}
