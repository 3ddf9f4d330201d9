import { Config, gitIdentity, personKey } from '@bellwether/core';
import { type IdentityRow, identities, people, type RecordRow, records } from '@bellwether/warehouse';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadKnownPeople } from '../github/known-people.ts';
import { createPeople } from '../github/people.ts';
import { openTestWarehouse, readAll, type TestWarehouse } from '../testing/test-warehouse.ts';
import { findPerson } from './find-person.ts';
import { countTraces, forgetPerson } from './forget-person.ts';
import { forgottenKeys, keyOfForgotten } from './forgotten.ts';
import { scrubForgotten } from './scrub-records.ts';

let test: TestWarehouse;
beforeAll(async () => (test = await openTestWarehouse()));
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(() => test.clear());

const secret = 'a secret that tests may know';
const now = Date.UTC(2026, 5, 1);
const account = personKey(secret, 'github.com:U_ann');
const address = personKey(secret, gitIdentity('ann@example.com'));
const other = personKey(secret, 'github.com:U_bob');

function row(person_key: string, identity: string, name = '', email = ''): IdentityRow {
  return { person_key, identity, name, email };
}

const ann = [
  row(account, 'github.com:U_ann', 'Ann Example', 'Ann@example.com'),
  row(account, 'github.com:login:ann', 'Ann Example'),
  row(address, 'git:ann@example.com', 'Ann', 'ann@example.com'),
];
const bob = [row(other, 'github.com:U_bob', 'Ann Example'), row(other, 'github.com:login:bob')];

function record(key: string, payload: unknown, fetched_at = now): RecordRow {
  return {
    source: 'github',
    repo: 'github.com/a/b',
    stream: 'pull-requests',
    key,
    fetched_at,
    payload: JSON.stringify(payload),
  };
}

async function store(): Promise<void> {
  await test.warehouse.insert(identities, [...ann, ...bob]);
  await test.warehouse.insert(
    people,
    [account, address, other].map((person_key) => ({ person_key, is_bot: false, time_zone: '' })),
  );
  await test.warehouse.insert(records, [
    record('1', { author: 'U_ann', reviews: [{ author: 'U_bob' }, { author: 'U_ann' }] }),
    record('2', { author: 'U_bob', note: 'U_annabel' }),
  ]);
}

describe('findPerson', () => {
  it.each(['ann@example.com', ' ANN@example.com ', 'ann', '@Ann'])(
    'finds the account and the address by %s',
    async (text) => {
      await store();
      const found = await findPerson(test.warehouse, text, secret);
      expect(found.keys).toEqual([account, address].sort());
      expect(found.rows).toHaveLength(3);
    },
  );

  it('takes a key for itself alone, and a name for nobody', async () => {
    await store();
    expect((await findPerson(test.warehouse, address, secret)).keys).toEqual([address]);
    await expect(findPerson(test.warehouse, 'Ann Example', secret)).rejects.toMatchObject({
      code: 'person-unknown',
      exitCode: 2,
    });
  });

  it('finds the account of an address that GitHub made', async () => {
    await store();
    const noreply = personKey(secret, 'git:bob@users.noreply.github.com');
    await test.warehouse.insert(identities, [
      row(noreply, 'git:bob@users.noreply.github.com', 'Bob', 'bob@users.noreply.github.com'),
    ]);
    const keys = [other, noreply].sort();
    expect((await findPerson(test.warehouse, 'bob', secret)).keys).toEqual(keys);
    const typed = '12+bob@users.noreply.github.com';
    expect((await findPerson(test.warehouse, typed, secret)).keys).toEqual(keys);
  });

  it('refuses to choose between accounts that share an address, and says no name', async () => {
    await store();
    await test.warehouse.insert(identities, [
      row(personKey(secret, 'github.com:U_carl'), 'github.com:U_carl', 'Carl', 'ann@example.com'),
    ]);
    const failure: unknown = await findPerson(test.warehouse, 'ann', secret).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'person-ambiguous' });
    expect((failure as Error).message).toContain(account);
    expect((failure as Error).message).not.toMatch(/Ann|Carl|example/);
  });
});

describe('forgetPerson', () => {
  it('leaves nothing that says who it was, and nobody else touched', async () => {
    await store();
    const person = await findPerson(test.warehouse, 'ann', secret);
    expect(await countTraces(test.warehouse, person)).toEqual({
      keys: 2,
      identities: 3,
      records: 1,
      contributions: 0,
    });
    await forgetPerson(test.warehouse, person);

    expect(await readAll(test.warehouse, identities)).toEqual(
      [row(account, 'forgotten'), row(address, 'forgotten'), ...bob].sort((a, b) =>
        JSON.stringify([a.person_key, a.identity]) < JSON.stringify([b.person_key, b.identity]) ? -1 : 1,
      ),
    );
    expect((await readAll(test.warehouse, people)).map(({ person_key: key }) => key)).toEqual([other]);
    const [first, second] = (await readAll(test.warehouse, records)).map(
      ({ payload }) => JSON.parse(payload) as { author: string; reviews: unknown[]; note: string },
    );
    expect(keyOfForgotten(first?.author ?? '')).toBe(account);
    expect(first?.reviews).toEqual([{ author: 'U_bob' }, { author: `forgotten:${account}` }]);
    expect(second).toEqual({ author: 'U_bob', note: 'U_annabel' });
  });

  it('leaves no older version in the files either', async () => {
    await store();
    await forgetPerson(test.warehouse, await findPerson(test.warehouse, 'ann', secret));
    // Without FINAL: everything that active parts hold, tombstones and replaced rows included.
    const left = await test.warehouse.query<{ text: string }>(
      `SELECT concat(identity, name, email) AS text FROM private.identities
       UNION ALL SELECT payload FROM raw.records`,
    );
    expect(left.filter(({ text }) => /"U_ann"|ann@|login:ann\b/i.test(text))).toEqual([]);
  });

  it('knows by the address who was forgotten, and can finish what was cut short', async () => {
    await store();
    await forgetPerson(test.warehouse, await findPerson(test.warehouse, 'ann', secret));
    const again = await findPerson(test.warehouse, 'ann@example.com', secret);
    expect(again).toEqual({ keys: [address], rows: [], isForgotten: true });
    expect(await forgottenKeys(test.warehouse)).toEqual(new Set([account, address]));
  });
});

describe('scrubForgotten', () => {
  it('takes an account out again that was seen after it was forgotten', async () => {
    await store();
    await forgetPerson(test.warehouse, await findPerson(test.warehouse, 'ann', secret));
    await test.warehouse.insert(records, [record('3', { author: 'U_ann', x: 'U_bob' })]);
    const options = { warehouse: test.warehouse, secret, host: 'github.com', now };
    expect(await scrubForgotten(options)).toBe(1);
    const stored = await readAll(test.warehouse, records);
    expect(JSON.parse(stored[2]?.payload ?? '')).toEqual({ author: `forgotten:${account}`, x: 'U_bob' });
    expect(await scrubForgotten(options)).toBe(0);
  });

  it('looks at nothing while nobody was forgotten', async () => {
    await store();
    const options = { warehouse: test.warehouse, secret, host: 'github.com', now };
    expect(await scrubForgotten(options)).toBe(0);
  });
});

describe('collecting from GitHub after that', () => {
  it('uses the pseudonym of somebody forgotten, and writes down nothing else', async () => {
    await store();
    await forgetPerson(test.warehouse, await findPerson(test.warehouse, 'ann', secret));
    const host = 'github.com';
    const known = await loadKnownPeople(test.warehouse, host);
    const session = createPeople({ secret, host, config: Config.parse({}), known });
    expect(session.meet({ id: 'U_ann', login: 'ann', isBot: false })).toEqual({ key: account, isBot: false });
    expect(session.meet({ id: 'U_new', login: 'new', isBot: false }).key).not.toBe('');
    const rows = await session.takeRows(test.warehouse);
    expect(rows.people.map(({ person_key: key }) => key)).toEqual([personKey(secret, 'github.com:U_new')]);
    expect(JSON.stringify(rows)).not.toContain(account);
    // What `replay` finds in a payload that was scrubbed.
    expect(session.byId(`forgotten:${account}`)).toEqual({ key: account, isBot: false });
  });
});
