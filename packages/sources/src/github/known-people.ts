import { identities, people, type Warehouse } from '@bellwether/warehouse';
import { forgottenKeys } from '../forget/forgotten.ts';

/** What the warehouse holds of one person. */
export interface StoredPerson {
  readonly name: string;
  readonly email: string;
  /** Every login that was seen with this account, in lower case. */
  readonly logins: ReadonlySet<string>;
  /** Null: an identity without a row in `domain.people`. */
  readonly isBot: boolean | null;
  readonly timeZone: string;
}

/** Everybody of one GitHub whom the warehouse holds. All sessions of a run share it. */
export interface KnownPeople {
  readonly host: string;
  get(key: string): StoredPerson | undefined;
  /** Keys of those whose rows were given to be stored, and who were not seen to have arrived. */
  readonly given: Set<string>;
  /** Keys of those whom `bellwether forget` removed: they may appear, and nothing else of them. */
  readonly forgotten: ReadonlySet<string>;
  /** Looks again at all who were given, and learns of those that have arrived. */
  confirm(stored: Pick<Warehouse, 'readRows'>): Promise<void>;
}

/** How an account stands in `private.identities`: by what never changes. */
export function accountIdentity(host: string, nodeId: string): string {
  return `${host}:${nodeId}`;
}

/** How a login does. An account has one such row for each login that it was seen with. */
export function loginIdentity(host: string, login: string): string {
  return `${host}:login:${login.toLowerCase()}`;
}

/** Reads everybody once, so that a run over a thousand repositories asks the warehouse no more about them. */
export async function loadKnownPeople(
  stored: Pick<Warehouse, 'readRows'>,
  host: string,
): Promise<KnownPeople> {
  const persons = new Map<string, StoredPerson>();
  const given = new Set<string>();
  const load = async (
    warehouse: Pick<Warehouse, 'readRows'>,
    where: { sql: string; params: Record<string, string | readonly string[]> },
  ): Promise<void> => {
    const found = await warehouse.readRows(identities, ['person_key', 'identity', 'name', 'email'], where);
    const keys = [...new Set(found.map((row) => row.person_key))];
    if (keys.length === 0) return;
    const rows = await warehouse.readRows(people, ['person_key', 'is_bot', 'time_zone'], {
      sql: 'person_key IN {keys:Array(String)}',
      params: { keys },
    });
    const rowOf = new Map(rows.map((row) => [row.person_key, row]));
    const loginPrefix = loginIdentity(host, '');
    const loginsOf = new Map<string, Set<string>>(keys.map((key) => [key, new Set()]));
    for (const { person_key, identity } of found) {
      if (identity.startsWith(loginPrefix)) {
        loginsOf.get(person_key)?.add(identity.slice(loginPrefix.length));
      }
    }
    for (const { person_key: key, identity, name, email } of found) {
      if (identity.startsWith(loginPrefix)) continue;
      const row = rowOf.get(key);
      const logins = loginsOf.get(key) ?? new Set();
      persons.set(key, { name, email, logins, isBot: row?.is_bot ?? null, timeZone: row?.time_zone ?? '' });
    }
  };
  const ofHost = 'startsWith(identity, {prefix:String})';
  const params = { prefix: accountIdentity(host, '') };
  await load(stored, { sql: ofHost, params });
  return {
    host,
    get: (key) => persons.get(key),
    given,
    forgotten: await forgottenKeys(stored),
    async confirm(warehouse) {
      const keys = [...given];
      await load(warehouse, {
        sql: `${ofHost} AND person_key IN {keys:Array(String)}`,
        params: { ...params, keys },
      });
      for (const key of keys) if (persons.has(key)) given.delete(key);
    },
  };
}

/**
 * The person keys behind logins, by login in lower case: what CODEOWNERS and lists of members name people by. A login
 * that is not stored is left out, and so is one that two accounts have had: nobody can tell which is meant.
 */
export async function readPersonsByLogin(
  stored: Pick<Warehouse, 'readRows'>,
  host: string,
  logins: readonly string[],
): Promise<Map<string, string>> {
  const wanted = new Map(logins.map((login) => [loginIdentity(host, login), login.toLowerCase()]));
  if (wanted.size === 0) return new Map();
  const rows = await stored.readRows(identities, ['person_key', 'identity'], {
    sql: 'identity IN {identities:Array(String)}',
    params: { identities: [...wanted.keys()] },
  });
  const found = new Map<string, string | null>();
  for (const { person_key: key, identity } of rows) {
    const login = wanted.get(identity);
    if (login !== undefined) found.set(login, found.has(login) ? null : key);
  }
  return new Map([...found].flatMap(([login, key]) => (key === null ? [] : [[login, key] as const])));
}
