import type { Config } from '@bellwether/core';
import type { IdentityRow, PersonRow, Warehouse } from '@bellwether/warehouse';

/** An account as GitHub shows it next to what it did. */
export interface Account {
  readonly id: string;
  readonly login: string;
  readonly isBot: boolean;
  readonly name?: string | null;
  readonly email?: string | null;
}

/** Who did something, as the warehouse may know it. */
export interface Person {
  /** Empty for an account that is gone. */
  readonly key: string;
  readonly isBot: boolean;
}

/**
 * The accounts that one session meets. Each session has its own, because what it takes is stored with its own rows;
 * what the warehouse already holds is known to all of them.
 */
export interface People {
  /** The person behind an account; remembered for the next `takeRows`. */
  meet(account: Account | null): Person;
  /** The person behind a stored node id, for `replay`; unknown ids keep their key and count as no bot. */
  byId(nodeId: string | null): Person;
  /** Rows for those met since the last call that the warehouse does not know yet, or knows otherwise. */
  takeRows(stored: Pick<Warehouse, 'readRows'>): Promise<{ identities: IdentityRow[]; people: PersonRow[] }>;
}

export interface PeopleOptions {
  readonly secret: string;
  readonly host: string;
  readonly config: Config;
}
