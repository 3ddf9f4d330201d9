import { Config, personKey } from '@bellwether/core';
import { identities, people, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestWarehouse, readAll, type TestWarehouse } from '../testing/test-warehouse.ts';
import { loadKnownPeople, readPersonsByLogin } from './known-people.ts';
import { type Account, createPeople, type People } from './people.ts';

const secret = 'a secret of the tests';
const host = 'github.com';
const config = Config.parse({ bots: ['*-bot'] });
const key = (id: string): string => personKey(secret, `github.com:${id}`);
const account = (id: string, login: string, more: Partial<Account> = {}): Account => ({
  id,
  login,
  isBot: false,
  ...more,
});
type Store = Pick<Warehouse, 'readRows'>;
type Rows = Awaited<ReturnType<People['takeRows']>>;

let test: TestWarehouse;
let warehouse: Warehouse;
beforeAll(async () => {
  test = await openTestWarehouse();
  warehouse = test.warehouse;
});
beforeEach(() => test.clear());
afterAll(() => test[Symbol.asyncDispose]());

const session = async (store: Store = warehouse): Promise<People> =>
  createPeople({ secret, host, config, known: await loadKnownPeople(store, host) });
const put = async (rows: Rows): Promise<void> => {
  await warehouse.insert(identities, rows.identities);
  await warehouse.insert(people, rows.people);
};

describe('the people of GitHub', () => {
  it('are known by their node id and found by any login', async () => {
    const session1 = await session();
    const ada = session1.meet(account('U_1', 'AdaL', { name: 'Ada Lovelace', email: 'ada@example.org' }));
    expect(ada).toEqual({ key: key('U_1'), isBot: false });
    const rows = await session1.takeRows(warehouse);

    expect(rows).toEqual({
      identities: [
        { person_key: ada.key, identity: 'github.com:U_1', name: 'Ada Lovelace', email: 'ada@example.org' },
        { person_key: ada.key, identity: 'github.com:login:adal', name: 'adal', email: '' },
      ],
      people: [{ person_key: ada.key, is_bot: false, time_zone: '' }],
    });
    await put(rows);
    expect(await readPersonsByLogin(warehouse, host, ['ADAL', 'nobody'])).toEqual(
      new Map([['adal', ada.key]]),
    );
    expect(await readPersonsByLogin(warehouse, 'ghe.example.org', ['adal'])).toEqual(new Map());
  });

  it('who are gone have no key and no rows', async () => {
    const one = await session();
    expect(one.meet(null)).toEqual({ key: '', isBot: false });
    expect(one.byId(null)).toEqual({ key: '', isBot: false });
    expect(await one.takeRows(warehouse)).toEqual({ identities: [], people: [] });
  });

  it('are bots by the kind of account or by the configured names', async () => {
    const one = await session();
    expect(one.meet(account('B_1', 'renovate', { isBot: true })).isBot).toBe(true);
    expect(one.meet(account('U_2', 'Deploy-Bot')).isBot).toBe(true);
    expect(one.meet(account('U_3', 'botticelli')).isBot).toBe(false);
    expect(one.byId('B_1')).toEqual({ key: key('B_1'), isBot: true });
  });

  it('cause no rows when nothing about them changed, in the same or in another session', async () => {
    const first = await session();
    first.meet(account('U_1', 'ada', { name: 'Ada Lovelace', email: 'ada@example.org' }));
    await put(await first.takeRows(warehouse));
    for (const again of [await session(), await session()]) {
      again.meet(account('U_1', 'ada'));
      again.meet(account('U_1', 'ada', { name: 'Ada', email: null }));
      expect(await again.takeRows(warehouse)).toEqual({ identities: [], people: [] });
    }
  });

  it('are given again until they have arrived, and then no more', async () => {
    const one = await session();
    const met = account('U_1', 'ada');
    let lost = 0;
    for (let page = 0; page < 4; page++) {
      one.meet(met);
      lost += (await one.takeRows(warehouse)).people.length;
    }
    expect(lost).toBe(4);
    one.meet(met);
    await put(await one.takeRows(warehouse));
    const after: number[] = [];
    for (let page = 0; page < 10; page++) {
      one.meet(met);
      after.push((await one.takeRows(warehouse)).people.length);
    }
    // The warehouse is asked at every eighth batch that has somebody in it: the ninth of all.
    expect(after).toEqual([1, 1, 1, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('whom another session has stored meanwhile are asked for once', async () => {
    const known = await loadKnownPeople(warehouse, host);
    const [one, other] = [
      createPeople({ secret, host, config, known }),
      createPeople({ secret, host, config, known }),
    ];
    one.meet(account('U_1', 'ada'));
    await put(await one.takeRows(warehouse));
    other.meet(account('U_1', 'ada'));
    expect(await other.takeRows(warehouse)).toEqual({ identities: [], people: [] });
  });

  it('keep both logins after a rename, and a login that two had belongs to neither', async () => {
    const before = await session();
    before.meet(account('U_1', 'ada'));
    await put(await before.takeRows(warehouse));
    const after = await session();
    after.meet(account('U_1', 'ada-king'));
    after.meet(account('U_2', 'ada'));
    await put(await after.takeRows(warehouse));

    const found = await readPersonsByLogin(warehouse, host, ['ada', 'ada-king']);
    expect(found).toEqual(new Map([['ada-king', key('U_1')]]));
    expect(
      (await readAll(warehouse, identities)).filter(({ person_key }) => person_key === key('U_1')),
    ).toEqual([
      { person_key: key('U_1'), identity: 'github.com:U_1', name: 'ada-king', email: '' },
      { person_key: key('U_1'), identity: 'github.com:login:ada', name: 'ada', email: '' },
      { person_key: key('U_1'), identity: 'github.com:login:ada-king', name: 'ada-king', email: '' },
    ]);
  });

  it('keep the time zone that another source knows, and are known by id to a replay', async () => {
    const first = await session();
    first.meet(account('B_1', 'ci', { isBot: true }));
    const rows = await first.takeRows(warehouse);
    await put({ ...rows, people: [{ person_key: key('B_1'), is_bot: false, time_zone: 'Europe/Berlin' }] });
    const second = await session();
    second.meet(account('B_1', 'ci', { isBot: true }));
    const again = await second.takeRows(warehouse);
    expect(again).toEqual({
      identities: [],
      people: [{ person_key: key('B_1'), is_bot: true, time_zone: 'Europe/Berlin' }],
    });
    await put(again);
    const replay = await session();
    expect(replay.byId('B_1')).toEqual({ key: key('B_1'), isBot: true });
    expect(replay.byId('U_9')).toEqual({ key: key('U_9'), isBot: false });
  });

  it('are met at well over 100,000 a second', async () => {
    const one = await session();
    const accounts = Array.from({ length: 500 }, (_, index) => account(`U_${index}`, `login-${index}`));
    // The best of some: other programs have the same machine, and what is slow by itself is slow each time.
    const times = Array.from({ length: 5 }, () => {
      const startedAt = performance.now();
      for (let index = 0; index < 100_000; index++) one.meet({ ...accounts[index % 500]! });
      return performance.now() - startedAt;
    });
    expect(Math.min(...times)).toBeLessThan(1000);
  });
});
