import { identities, people, type Warehouse } from '@bellwether/warehouse';
import { type FoundPerson, nodeIdOf } from './find-person.ts';
import { FORGOTTEN, forgottenRow } from './forgotten.ts';
import { deleteForGood } from './physical-delete.ts';
import { countRecordsOf, scrubNodeId } from './scrub-records.ts';

/** What there is of a person, in numbers. */
export interface PersonTraces {
  /** Accounts and addresses. */
  readonly keys: number;
  /** Rows with a name, a login or an address: they go. */
  readonly identities: number;
  /** Stored payloads that hold the account's id: it goes. */
  readonly records: number;
  /** Commits, pull requests and reviews under the pseudonym: they stay. */
  readonly contributions: number;
}

/** Counts, and changes nothing. */
export async function countTraces(warehouse: Warehouse, person: FoundPerson): Promise<PersonTraces> {
  let records = 0;
  for (const { nodeId } of accountsOf(person)) records += await countRecordsOf(warehouse, nodeId);
  const [row] = await warehouse.query<{ count: number }>(
    ['domain.commits', 'domain.pull_requests', 'domain.reviews']
      .map((table) => `(SELECT count() FROM ${table} FINAL WHERE author_key IN {keys:Array(String)})`)
      .join(' + ')
      .replace(/^/, 'SELECT ')
      .concat(' AS count'),
    { keys: person.keys },
  );
  return {
    keys: person.keys.length,
    identities: person.rows.length,
    records,
    contributions: row?.count ?? 0,
  };
}

/**
 * Removes whatever says who a person key is: names, logins, addresses, and the account's id in stored payloads. What
 * was contributed stays under the pseudonym, or every figure of the past would change.
 *
 * The marker comes first, so that nothing that runs meanwhile writes the person down again; the identities last,
 * because only they say what else there is to remove: cut short, the same command finishes it.
 */
export async function forgetPerson(warehouse: Warehouse, person: FoundPerson): Promise<void> {
  await warehouse.insert(identities, person.keys.map(forgottenRow));
  for (const { nodeId, key } of accountsOf(person)) await scrubNodeId(warehouse, nodeId, key);
  const ofKeys = 'person_key IN {keys:Array(String)}';
  const params = { keys: person.keys };
  await deleteForGood(warehouse, people, ofKeys, params);
  await deleteForGood(warehouse, identities, `${ofKeys} AND identity != '${FORGOTTEN}'`, params);
}

function accountsOf({ rows }: FoundPerson): { nodeId: string; key: string }[] {
  return rows.flatMap(({ identity, person_key: key }) => {
    const nodeId = nodeIdOf(identity);
    return nodeId === null ? [] : [{ nodeId, key }];
  });
}
