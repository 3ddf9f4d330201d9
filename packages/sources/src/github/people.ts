import { type Config, nameMatcher, personKey } from '@bellwether/core';
import type { IdentityRow, PersonRow, Warehouse } from '@bellwether/warehouse';
import { keyOfForgotten } from '../forget/forgotten.ts';
import { cleanText } from '../git/commit-message.ts';
import { fuller } from '../git/people.ts';
import { accountIdentity, type KnownPeople, loginIdentity, type StoredPerson } from './known-people.ts';

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

/** How often the warehouse is asked whether those given away have arrived, in calls of `takeRows`. */
const TAKES_PER_LOOK = 8;

const nobody: Person = { key: '', isBot: false };

interface Met {
  readonly key: string;
  readonly identity: string;
  readonly logins: Set<string>;
  name: string;
  email: string;
  timeZone: string;
  person: Person;
  /** What was learnt last, so that meeting the same again costs nothing. */
  last: Account | null;
  isStored: boolean;
}

/**
 * An account has one row by its node id, under the fullest of its names and the last of its addresses in code order,
 * and one by each login that it was seen with (see `readPersonsByLogin`). So the rows come out the same whatever the
 * order of reading, and need no clock; a name, address or login that was given up stays until `forget`.
 *
 * Somebody new is given with every batch that meets them until the warehouse is seen to hold them: a batch may fail
 * after its rows were taken.
 */
export function createPeople({
  secret,
  host,
  config,
  known,
}: PeopleOptions & { readonly known: KnownPeople }): People {
  const isBotLogin = nameMatcher(config.bots);
  const met = new Map<string, Met>();
  const fresh = new Set<Met>();
  /** Of those that `byId` was asked for and nobody met. */
  const keys = new Map<string, string>();
  let takes = 0;

  const meetFirst = (id: string): Met => {
    const identity = accountIdentity(host, id);
    const key = personKey(secret, identity);
    const person = { key, isBot: false };
    const logins = new Set<string>();
    const one = {
      key,
      identity,
      logins,
      name: '',
      email: '',
      timeZone: '',
      person,
      last: null,
      isStored: false,
    };
    met.set(id, one);
    return one;
  };

  const learn = (one: Met, account: Account): void => {
    one.last = account;
    one.logins.add(account.login.toLowerCase());
    one.name = fuller(one.name, cleanText((account.name ?? '').trim() || account.login, 200));
    one.email = later(one.email, cleanText((account.email ?? '').trim(), 300));
    const isBot = one.person.isBot || account.isBot || isBotLogin(account.login);
    if (isBot !== one.person.isBot) one.person = { key: one.key, isBot };
    reconcile(one, known.get(one.key));
  };

  return {
    meet(account) {
      if (account === null) return nobody;
      const one = met.get(account.id) ?? meetFirst(account.id);
      if (one.last === null || !isSame(one.last, account)) learn(one, account);
      if (!one.isStored) fresh.add(one);
      return one.person;
    },
    byId(nodeId) {
      if (nodeId === null) return nobody;
      const forgotten = keyOfForgotten(nodeId);
      if (forgotten !== null) return { key: forgotten, isBot: false };
      const one = met.get(nodeId);
      if (one) return one.person;
      const key = keys.get(nodeId) ?? personKey(secret, accountIdentity(host, nodeId));
      keys.set(nodeId, key);
      return { key, isBot: known.get(key)?.isBot ?? false };
    },
    async takeRows(stored) {
      const batch = [...fresh];
      fresh.clear();
      if (batch.length === 0) return { identities: [], people: [] };
      const isTimeToLook = takes++ % TAKES_PER_LOOK === 0;
      if (isTimeToLook && batch.some(({ key }) => known.given.has(key))) await known.confirm(stored);
      for (const one of batch) reconcile(one, known.get(one.key));
      const unknown = batch.filter(({ isStored, key }) => !isStored && !known.forgotten.has(key));
      for (const { key } of unknown) known.given.add(key);
      return {
        identities: unknown.flatMap((one) => identityRows(one, host, known.get(one.key))),
        people: unknown.flatMap((one) => personRows(one, known.get(one.key))),
      };
    },
  };
}

/** Takes over what the warehouse knows better, and tells whether it knows all. */
function reconcile(one: Met, stored: StoredPerson | undefined): void {
  if (!stored) return;
  one.name = fuller(one.name, stored.name);
  one.email = later(one.email, stored.email);
  one.timeZone = stored.timeZone;
  one.isStored =
    stored.name === one.name &&
    stored.email === one.email &&
    stored.isBot === one.person.isBot &&
    [...one.logins].every((login) => stored.logins.has(login));
}

function identityRows(one: Met, host: string, stored: StoredPerson | undefined): IdentityRow[] {
  const { key, identity, name, email } = one;
  const rows = [...one.logins]
    .filter((login) => stored?.logins.has(login) !== true)
    .map((login) => ({ person_key: key, identity: loginIdentity(host, login), name: login, email: '' }));
  if (stored?.name !== name || stored.email !== email) {
    rows.unshift({ person_key: key, identity, name, email });
  }
  return rows;
}

function personRows({ key, person, timeZone }: Met, stored: StoredPerson | undefined): PersonRow[] {
  return stored?.isBot === person.isBot
    ? []
    : [{ person_key: key, is_bot: person.isBot, time_zone: timeZone }];
}

function isSame(one: Account, other: Account): boolean {
  return (
    one === other ||
    (one.login === other.login &&
      one.isBot === other.isBot &&
      one.name === other.name &&
      one.email === other.email)
  );
}

/** An address that is one, before none; of two the later in code order, whichever was met first. */
function later(one: string, other: string): string {
  return one > other ? one : other;
}
