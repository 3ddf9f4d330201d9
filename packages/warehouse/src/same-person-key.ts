import { BellwetherError, personKey } from '@bellwether/core';
import { cursors } from './tables/index.ts';
import type { Warehouse } from './warehouse.ts';

const NOTE = { source: 'bellwether', stream: 'person-key', key: 'fingerprint' } as const;

/**
 * Sees to it that a warehouse is only ever written with one person key: with another one everybody would stand there
 * twice, and figures that count people would be wrong without a word. The first use leaves a fingerprint, from which
 * the key cannot be told.
 *
 * @throws BellwetherError `person-key-changed`
 */
export async function requireSamePersonKey(
  warehouse: Pick<Warehouse, 'readRows' | 'insert'>,
  secret: string,
): Promise<void> {
  const fingerprint = personKey(secret, 'bellwether:fingerprint');
  const [stored] = await warehouse.readRows(cursors, ['cursor'], {
    sql: 'source = {source:String} AND stream = {stream:String} AND key = {key:String}',
    params: NOTE,
  });
  if (stored === undefined) {
    await warehouse.insert(cursors, [{ ...NOTE, cursor: fingerprint }]);
    return;
  }
  if (stored.cursor === fingerprint) return;
  throw new BellwetherError({
    code: 'person-key-changed',
    message:
      'What is stored was collected with another person key; with this one everybody would stand there twice.',
    retry: 'no',
    next: 'Give BELLWETHER_PERSON_KEY the value that it had (unset it, if it was not set then), or collect into another folder with --data.',
  });
}
