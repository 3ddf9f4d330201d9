import { Config } from '@bellwether/core';
import type { IdentityRow, PersonRow, Warehouse } from '@bellwether/warehouse';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadKnownPeople } from './known-people.ts';
import { type Account, createPeople, type People } from './people.ts';

const secret = 'a secret of the tests';
const host = 'github.com';
const config = Config.parse({ bots: ['*-bot'] });
type Store = Pick<Warehouse, 'readRows'>;
type Rows = Awaited<ReturnType<People['takeRows']>>;

const session = async (store: Store): Promise<People> =>
  createPeople({ secret, host, config, known: await loadKnownPeople(store, host) });

// No engine: what is asserted is pure, and an engine's hooks are the first to be late on a busy machine.
it(
  'people come out the same in whatever order and in however many sessions they are met',
  { timeout: 60_000 },
  async () => {
    // Whether an account is a bot does not change with the place where it is met.
    const met = fc
      .record({
        isBot: fc.boolean(),
        login: fc.constantFrom('ada', 'Ada-L'),
        name: fc.constantFrom('Ada', 'Ada Lovelace', '', null),
        email: fc.constantFrom('ada@example.org', 'b@example.org', '', null),
      })
      .map((one) => ({ ...one, id: one.isBot ? 'B_1' : 'U_1' }));
    const collect = async (rounds: readonly (readonly Account[])[]): Promise<[string, object][]> => {
      const store = memoryStore();
      for (const round of rounds) {
        const one = await session(store);
        for (const each of round) one.meet(each);
        store.put(await one.takeRows(store));
      }
      return [...store.rows].sort(([a], [b]) => (a < b ? -1 : 1));
    };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(met, { maxLength: 4 }), { maxLength: 4 }), async (rounds) => {
        const inOrder = await collect(rounds);
        expect(await collect([rounds.flat().reverse()])).toEqual(inOrder);
        expect(await collect([...rounds].reverse())).toEqual(inOrder);
      }),
      { numRuns: 100 },
    );
  },
);

/** What the two tables would hold, without an engine. */
function memoryStore(): Store & { rows: Map<string, object>; put(rows: Rows): void } {
  const rows = new Map<string, IdentityRow | PersonRow>();
  // Nobody is forgotten here; the other two questions are about everybody there is.
  const readRows = async (
    table: { name: string },
    _columns: unknown,
    where: { sql: string },
  ): Promise<object[]> =>
    (/^(startsWith\(identity, \{prefix|person_key IN)/.test(where.sql) ? [...rows] : [])
      .filter(([id]) => id.startsWith(`${table.name} `))
      .map(([, row]) => row);
  return {
    rows,
    readRows: readRows as never,
    put: (taken) => {
      for (const row of taken.identities) rows.set(`identities ${row.person_key} ${row.identity}`, row);
      for (const row of taken.people) rows.set(`people ${row.person_key}`, row);
    },
  };
}
