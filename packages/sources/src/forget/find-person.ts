import { gitIdentity, personKey, usageError } from '@bellwether/core';
import { type IdentityRow, identities, type Warehouse } from '@bellwether/warehouse';
import { FORGOTTEN } from './forgotten.ts';

/** Everything under which one person stands in the warehouse. */
export interface FoundPerson {
  /** One for each account and each address. */
  readonly keys: readonly string[];
  readonly rows: readonly IdentityRow[];
  /** They were forgotten before; what a run left behind that was cut short is removed now. */
  readonly isForgotten: boolean;
}

type Stored = Pick<Warehouse, 'readRows'>;

const columns = ['person_key', 'identity', 'name', 'email'] as const;

/**
 * Finds a person by e-mail address or login, with the addresses of their account and the account of their address; by
 * a person key nothing but that. Display names are not enough: several people share them.
 *
 * @throws BellwetherError `person-unknown`, `person-ambiguous`
 */
export async function findPerson(stored: Stored, text: string, secret: string): Promise<FoundPerson> {
  const wanted = text.trim();
  let rows = await readFirst(stored, wanted, secret);
  if (rows.length === 0) {
    throw usageError(
      'person-unknown',
      'Nobody is known by that address, login or key.',
      'Give an e-mail address, a login (without @), or a person key of 32 hexadecimal digits.',
    );
  }
  const accounts = (): number =>
    new Set(rows.filter(({ identity }) => isAccount(identity)).map((row) => row.person_key)).size;
  const beginsWith = accounts();
  // A key is what was chosen from several, and means itself alone.
  for (let size = isKey(wanted) ? rows.length : 0; size < rows.length;) {
    size = rows.length;
    rows = await readConnected(stored, rows);
    // An address that several accounts share belongs to a team or a machine, and says nothing about one person.
    if (accounts() > 1) break;
  }
  if (accounts() > 1) throw ambiguous(rows, beginsWith);
  return {
    keys: [...new Set(rows.map((row) => row.person_key))].sort(),
    rows: rows.filter(({ identity }) => identity !== FORGOTTEN),
    isForgotten: rows.some(({ identity }) => identity === FORGOTTEN),
  };
}

function isKey(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text);
}

/** Rows by what was typed. The address counts by its key, too: forgotten once, nothing else is left of it. */
function readFirst(stored: Stored, wanted: string, secret: string): Promise<IdentityRow[]> {
  if (isKey(wanted)) return readWhere(stored, 'person_key = {wanted:String}', { wanted });
  if (wanted.includes('@') && !wanted.startsWith('@')) {
    return readWhere(stored, 'person_key = {key:String} OR lower(email) = {email:String}', {
      key: personKey(secret, gitIdentity(wanted)),
      email: wanted.toLowerCase(),
    });
  }
  const login = wanted.replace(/^@/, '').toLowerCase();
  return readWhere(
    stored,
    "endsWith(identity, {account:String}) OR match(identity, concat('^git:', {pattern:String}, '@users[.]noreply[.]'))",
    { account: `:login:${login}`, pattern: login.replace(/[^\w-]/g, '[$&]') },
  );
}

/** These rows, and those of the same keys, of the same addresses, and of GitHub's addresses for the same logins. */
async function readConnected(stored: Stored, rows: readonly IdentityRow[]): Promise<IdentityRow[]> {
  const emails = rows.map(({ email }) => email.toLowerCase()).filter((email) => email !== '');
  return readWhere(
    stored,
    'person_key IN {keys:Array(String)} OR lower(email) IN {emails:Array(String)} OR identity IN {identities:Array(String)}',
    {
      keys: rows.map((row) => row.person_key),
      emails,
      identities: [...emails.map(gitIdentity), ...rows.flatMap(({ identity }) => counterpart(identity))],
    },
  );
}

/** A login's own address at its GitHub, and the other way round. */
function counterpart(identity: string): string[] {
  const address = /^git:(.+)@users\.noreply\.(.+)$/.exec(identity);
  if (address) return [`${address[2] ?? ''}:login:${address[1] ?? ''}`];
  const account = /^([^:]+):login:(.+)$/.exec(identity);
  return account ? [`git:${account[2] ?? ''}@users.noreply.${account[1] ?? ''}`] : [];
}

async function readWhere(
  stored: Stored,
  sql: string,
  params: Readonly<Record<string, unknown>>,
): Promise<IdentityRow[]> {
  return stored.readRows(identities, columns, { sql, params });
}

/** `<host>:<node id>`, and neither a login nor an address. */
function isAccount(identity: string): boolean {
  return nodeIdOf(identity) !== null;
}

/** The node id of an account's identity; null for any other identity. */
export function nodeIdOf(identity: string): string | null {
  if (identity.startsWith('git:')) return null;
  const [, id = ''] = /^[^:]+:(.+)$/.exec(identity) ?? [];
  return id === '' || id.startsWith('login:') ? null : id;
}

/** Keys and not names: what is printed in an error ends in logs. */
function ambiguous(rows: readonly IdentityRow[], beginsWith: number): Error {
  const keys = [...new Set(rows.filter(({ identity }) => isAccount(identity)).map((row) => row.person_key))];
  return usageError(
    'person-ambiguous',
    `${beginsWith > 1 ? 'Several accounts go by that' : 'An address of that person is shared by several accounts'}: ${keys.join(', ')}.`,
    'Give one of these keys: that key alone is forgotten, and nothing that is connected with it.',
  );
}
