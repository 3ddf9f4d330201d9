import { expect, it } from 'vitest';
import { temporaryWarehouse } from '../test/temporary-warehouse.ts';
import { requireSamePersonKey } from './same-person-key.ts';
import { cursors } from './tables/index.ts';

const database = temporaryWarehouse();
const secret = 'a key that is long enough';

it('takes the first key, and refuses every other one from then on', async () => {
  const { warehouse } = database;
  await requireSamePersonKey(warehouse, secret);
  await requireSamePersonKey(warehouse, secret);
  await expect(requireSamePersonKey(warehouse, `${secret}!`)).rejects.toMatchObject({
    code: 'person-key-changed',
  });
  const [row] = await warehouse.readRows(cursors, ['cursor']);
  expect(row?.cursor).not.toContain(secret);
});
