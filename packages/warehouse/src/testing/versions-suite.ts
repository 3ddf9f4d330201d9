import { fixedClock } from '@bellwether/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cursors } from '../tables/index.ts';
import type { Warehouse } from '../warehouse.ts';
import type { TestedWarehouse } from './tested-warehouse.ts';

const NOON = Date.UTC(2026, 0, 1, 12);

/** The newest row counts, whatever the clock says. */
export function describeVersions(database: TestedWarehouse): void {
  const clock = fixedClock(NOON);
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await database.reopen(clock);
  });
  afterAll(() => warehouse.close());

  const row = (key: string, cursor: string) => ({ source: 's', stream: 's', key, cursor });
  const read = async (key: string) =>
    (await warehouse.readRows(cursors, ['cursor'], { sql: 'key = {key:String}', params: { key } })).map(
      ({ cursor }) => cursor,
    );

  describe('the newest row is the one that counts', () => {
    it('within one millisecond', async () => {
      for (const cursor of ['1', '2', '3']) await warehouse.insert(cursors, [row('fast', cursor)]);
      expect(await read('fast')).toEqual(['3']);
      await warehouse.remove(cursors, [row('fast', '')]);
      expect(await read('fast')).toEqual([]);
      await warehouse.insert(cursors, [row('fast', '4')]);
      expect(await read('fast')).toEqual(['4']);
    });

    it('when the system clock jumps back, within a process and from one to the next', async () => {
      await warehouse.insert(cursors, [row('jump', 'at noon')]);
      clock.set(NOON - 3_600_000);
      await warehouse.insert(cursors, [row('jump', 'an hour earlier')]);
      expect(await read('jump')).toEqual(['an hour earlier']);

      await warehouse.close();
      clock.set(NOON - 86_400_000);
      warehouse = await database.reopen(clock);
      await warehouse.insert(cursors, [row('jump', 'a day earlier, in a new process')]);
      expect(await read('jump')).toEqual(['a day earlier, in a new process']);
    });

    it('when a scope is replaced, tombstones of the future included', async () => {
      const future = NOON + 1_000_000_000;
      await warehouse.insert(cursors, [row('replaced', 'future')], { version: future });
      expect(await warehouse.replaceByDifference(cursors, { key: 'replaced' }, [])).toEqual({
        written: 0,
        removed: 1,
      });
      expect(await read('replaced')).toEqual([]);
      const rows = [row('replaced', 'again')];
      expect(await warehouse.replaceByDifference(cursors, { key: 'replaced' }, rows)).toEqual({
        written: 1,
        removed: 0,
      });
      expect(await read('replaced')).toEqual(['again']);
      const [stored] = await warehouse.query(
        "SELECT max(_version) AS v FROM ops.cursors WHERE key = 'replaced'",
      );
      expect(stored).toEqual({ v: future + 2 });
    });

    it('unless its source says how old it is', async () => {
      await warehouse.insert(cursors, [row('explicit', 'newer')], { version: 2_000 });
      await warehouse.insert(cursors, [row('explicit', 'older')], { version: 1_000 });
      expect(await read('explicit')).toEqual(['newer']);
    });
  });
}
