import { people, teams, type Warehouse } from '@bellwether/warehouse';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openTestWarehouse, readAll, type TestWarehouse } from '../testing/test-warehouse.ts';
import { watchWarehouse } from '../testing/watched-warehouse.ts';
import { groupCommit } from './group-commit.ts';

let test: TestWarehouse;
beforeAll(async () => {
  test = await openTestWarehouse();
});
afterEach(() => test.clear());
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

const person = (key: string) => ({ person_key: key, is_bot: false, time_zone: '' });
const team = (name: string) => ({ team: name, team_id: name, name, parent_team: '', valid_to: null });

function watched(fails: (number: number) => boolean = () => false): {
  warehouse: Warehouse;
  sizes: string[];
} {
  const sizes: string[] = [];
  const warehouse = watchWarehouse(test.warehouse, {
    beforeWrite: ({ table, rows }, number) => {
      sizes.push(`${table.name} ${rows.length}`);
      if (fails(number)) throw new Error('disk full');
    },
  });
  return { warehouse: groupCommit(warehouse), sizes };
}

describe('groupCommit', () => {
  it('stores what comes in while an insert is under way together, each table for itself', async () => {
    const { warehouse, sizes } = watched();
    const keys = Array.from({ length: 50 }, (_, at) => `p${at}`);
    await Promise.all([
      ...keys.map((key) => warehouse.insert(people, [person(key)])),
      warehouse.insert(teams, [team('t')]),
    ]);
    expect(sizes.filter((size) => size.startsWith('people')).length).toBeLessThanOrEqual(2);
    expect(sizes).toContain('teams 1');
    expect((await readAll(test.warehouse, people)).length).toBe(50);
  });

  it('returns only when the rows of the call can be read', async () => {
    const { warehouse } = watched();
    const one = async (key: string): Promise<boolean> => {
      await warehouse.insert(people, [person(key)]);
      const found = await test.warehouse.readRows(people, ['person_key']);
      return found.some(({ person_key }) => person_key === key);
    };
    const seen = await Promise.all(Array.from({ length: 10 }, (_, at) => one(`p${at}`)));
    expect(seen).toEqual(seen.map(() => true));
  });

  it('tells everyone whose rows failed, and goes on with the next', async () => {
    const { warehouse } = watched((number) => number === 1);
    const first = warehouse.insert(people, [person('a')]);
    const same = warehouse.insert(people, [person('b')]);
    await expect(first).rejects.toThrow('disk full');
    await expect(same).rejects.toThrow('disk full');
    await warehouse.insert(people, [person('c')]);
    expect((await readAll(test.warehouse, people)).map((row) => row.person_key)).toEqual(['c']);
  });

  it('keeps a later row of the same key above an earlier one', async () => {
    const { warehouse } = watched();
    await warehouse.insert(people, [person('a')]);
    await warehouse.insert(people, [{ ...person('a'), is_bot: true }]);
    await warehouse.remove(people, [{ person_key: 'a' }]);
    expect(await readAll(test.warehouse, people)).toEqual([]);
    await warehouse.insert(people, [person('a')]);
    expect(await readAll(test.warehouse, people)).toEqual([person('a')]);
  });
});
