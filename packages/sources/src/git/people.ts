import { type Config, gitIdentity, nameMatcher, personKey } from '@bellwether/core';
import { type IdentityRow, identities, people, type PersonRow, type Warehouse } from '@bellwether/warehouse';
import { FORGOTTEN } from '../forget/forgotten.ts';
import { cleanText } from './commit-message.ts';
import type { Author } from './mapper.ts';

interface Known {
  readonly key: string;
  readonly identity: string;
  readonly email: string;
  name: string;
  /** What was last read from or given to the warehouse; null where it knows nobody. */
  stored: { name: string; isBot: boolean | null; timeZone: string } | null;
  isRead: boolean;
  /** By `bellwether forget`: the key may appear, and nothing else of them. */
  isForgotten: boolean;
}

/**
 * The authors that a reading meets. One row per e-mail address, under the fullest of the names that were used with
 * it: a choice that comes out the same whatever the order of reading, and needs no clock.
 *
 * A person who once appeared stays, even when a rewritten branch takes away all their commits: other repositories
 * may know the same person, and `forget` is the way to remove one.
 */
export class People {
  readonly #secret: string;
  readonly #isBotName: (text: string) => boolean;
  readonly #authors = new Map<string, Author>();
  readonly #known = new Map<string, Known>();
  readonly #fresh = new Set<Known>();

  constructor(secret: string, config: Config) {
    this.#secret = secret;
    this.#isBotName = nameMatcher(config.bots);
  }

  /** The author of a commit; remembered for the next `takeRows`. */
  authorOf(rawName: string, rawEmail: string): Author {
    const spelling = `${rawName}\0${rawEmail}`;
    const found = this.#authors.get(spelling);
    if (found) return found;
    const name = cleanText(rawName.trim(), 200);
    // Without an address the name is all there is to tell people apart.
    const email = cleanText(rawEmail.trim(), 300);
    const identity = gitIdentity(email || name);
    const known = this.#meet(identity, email === '' ? '' : identity.slice('git:'.length), name);
    const author = { key: known.key, isBot: this.#isBot(name, known.email) };
    this.#authors.set(spelling, author);
    return author;
  }

  /** Rows for those met since the last call that the warehouse does not know yet, or knows otherwise. */
  async takeRows(
    stored: Pick<Warehouse, 'readRows'>,
  ): Promise<{ identities: IdentityRow[]; people: PersonRow[] }> {
    const fresh = [...this.#fresh];
    this.#fresh.clear();
    await this.#readStored(
      stored,
      fresh.filter(({ isRead }) => !isRead),
    );
    const changed = fresh.filter((known) => {
      if (known.isForgotten) return false;
      known.name = known.stored === null ? known.name : fuller(known.name, known.stored.name);
      return known.stored?.name !== known.name;
    });
    const rows = {
      identities: changed.map(identityRow),
      people: fresh.flatMap((known) => this.#personRow(known)),
    };
    for (const known of fresh) {
      const timeZone = known.stored?.timeZone ?? '';
      known.stored = { name: known.name, isBot: this.#isBot(known.name, known.email), timeZone };
    }
    return rows;
  }

  #meet(identity: string, email: string, name: string): Known {
    let known = this.#known.get(identity);
    if (!known) {
      const key = personKey(this.#secret, identity);
      known = { key, identity, email, name, stored: null, isRead: false, isForgotten: false };
      this.#known.set(identity, known);
      this.#fresh.add(known);
    } else if (fuller(known.name, name) !== known.name) {
      known.name = fuller(known.name, name);
      this.#fresh.add(known);
    }
    return known;
  }

  async #readStored(stored: Pick<Warehouse, 'readRows'>, unread: readonly Known[]): Promise<void> {
    if (unread.length === 0) return;
    const where = {
      sql: 'person_key IN {keys:Array(String)}',
      params: { keys: unread.map(({ key }) => key) },
    };
    const names = await stored.readRows(identities, ['person_key', 'identity', 'name'], where);
    const persons = await stored.readRows(people, ['person_key', 'is_bot', 'time_zone'], where);
    const nameOf = new Map(names.map((row) => [`${row.person_key} ${row.identity}`, row.name]));
    const personOf = new Map(persons.map((row) => [row.person_key, row]));
    for (const known of unread) {
      known.isRead = true;
      known.isForgotten = nameOf.has(`${known.key} ${FORGOTTEN}`);
      const name = nameOf.get(`${known.key} ${known.identity}`);
      const person = personOf.get(known.key);
      if (name === undefined) continue;
      known.stored = { name, isBot: person?.is_bot ?? null, timeZone: person?.time_zone ?? '' };
    }
  }

  #personRow({ key, name, email, stored, isForgotten }: Known): PersonRow[] {
    if (isForgotten) return [];
    const isBot = this.#isBot(name, email);
    if (stored?.isBot === isBot) return [];
    return [{ person_key: key, is_bot: isBot, time_zone: stored?.timeZone ?? '' }];
  }

  #isBot(name: string, email: string): boolean {
    return this.#isBotName(name) || this.#isBotName(email);
  }
}

function identityRow({ key, identity, name, email }: Known): IdentityRow {
  return { person_key: key, identity, name, email };
}

/** The name that tells more: one with a space, else the longer, else the later in code order. */
export function fuller(one: string, other: string): string {
  const rank = (name: string): [boolean, number, string] => [name.includes(' '), name.length, name];
  const [a, b] = [rank(one), rank(other)];
  if (a[0] !== b[0]) return a[0] ? one : other;
  if (a[1] !== b[1]) return a[1] > b[1] ? one : other;
  return one > other ? one : other;
}
