import { type IdentityRow, identities, type Warehouse } from '@bellwether/warehouse';

/**
 * What stands in `private.identities` for somebody who was forgotten: the key, and nothing else. The key alone tells
 * nobody who it was, and whoever meets the same identity again can see that it must not be written down.
 */
export const FORGOTTEN = 'forgotten';

export function forgottenRow(key: string): IdentityRow {
  return { person_key: key, identity: FORGOTTEN, name: '', email: '' };
}

/** The keys of everybody who was forgotten. */
export async function forgottenKeys(stored: Pick<Warehouse, 'readRows'>): Promise<ReadonlySet<string>> {
  const rows = await stored.readRows(identities, ['person_key'], {
    sql: 'identity = {identity:String}',
    params: { identity: FORGOTTEN },
  });
  return new Set(rows.map((row) => row.person_key));
}

const PREFIX = `${FORGOTTEN}:`;

/**
 * What stands in a stored payload for the node id of somebody forgotten. A node id and the secret give the key, the
 * key gives nothing back; and `replay` still comes to the same rows.
 */
export function forgottenNodeId(key: string): string {
  return PREFIX + key;
}

/** The person key of an id that `forgottenNodeId` made; null for any other id. */
export function keyOfForgotten(nodeId: string): string | null {
  return nodeId.startsWith(PREFIX) ? nodeId.slice(PREFIX.length) : null;
}
