import { Config, gitIdentity, personKey } from '@bellwether/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuller, People } from './people.ts';

const SECRET = 'a secret of the tests';
const config = Config.parse({});
const key = (email: string): string => personKey(SECRET, gitIdentity(email));

/** A warehouse that holds what it was given. */
function storeOf(): { rows: Map<string, object>; readRows: never; put(rows: readonly object[]): void } {
  const rows = new Map<string, Record<string, unknown>>();
  return {
    rows,
    put: (added) => {
      for (const row of added as Record<string, unknown>[]) {
        rows.set(`${'identity' in row ? 'identities' : 'people'} ${String(row['person_key'])}`, row);
      }
    },
    readRows: (async (table: { name: string }, _columns: unknown, where: { params: { keys: string[] } }) =>
      where.params.keys
        .map((each) => rows.get(`${table.name} ${each}`))
        .filter((row) => row !== undefined)) as never,
  };
}

describe('people', () => {
  it('are one person per address, however it is written', async () => {
    const people = new People(SECRET, config);
    const first = people.authorOf('Ada', 'Ada@Example.org ');
    expect(first).toEqual({ key: key('ada@example.org'), isBot: false });
    expect(people.authorOf('Ada L.', 'ada@example.org').key).toBe(first.key);
    expect(people.authorOf('ada', '1234+ada@users.noreply.github.com').key).toBe(
      people.authorOf('ada', 'ada@users.noreply.github.com').key,
    );
    const { identities } = await people.takeRows(storeOf());
    expect(identities.find(({ person_key }) => person_key === first.key)).toEqual({
      person_key: first.key,
      identity: 'git:ada@example.org',
      name: 'Ada L.',
      email: 'ada@example.org',
    });
  });

  it('are bots by name or by address', () => {
    const people = new People(SECRET, config);
    expect(people.authorOf('renovate[bot]', 'x@example.org').isBot).toBe(true);
    expect(people.authorOf('Somebody', '29139614+renovate[bot]@users.noreply.github.com').isBot).toBe(true);
    expect(people.authorOf('Abbot Botson', 'abbot@example.org').isBot).toBe(false);
  });

  it('without an address are told apart by name', async () => {
    const people = new People(SECRET, config);
    expect(people.authorOf('Ada', '').key).not.toBe(people.authorOf('Grace', '').key);
    const { identities } = await people.takeRows(storeOf());
    expect(identities.map(({ email }) => email)).toEqual(['', '']);
  });

  it('are given once, and again only under a fuller name', async () => {
    const store = storeOf();
    const people = new People(SECRET, config);
    people.authorOf('Ada Lovelace', 'ada@example.org');
    store.put((await people.takeRows(store)).identities);
    people.authorOf('Ada', 'ada@example.org');
    expect(await people.takeRows(store)).toEqual({ identities: [], people: [] });
    people.authorOf('Augusta Ada King', 'ada@example.org');
    expect((await people.takeRows(store)).identities).toMatchObject([{ name: 'Augusta Ada King' }]);
  });

  it('keep the time zone that another source knows', async () => {
    const store = storeOf();
    const row = { person_key: key('bot@example.org'), is_bot: false, time_zone: 'Europe/Berlin' };
    store.put([row, { person_key: row.person_key, identity: 'git:bot@example.org', name: 'x', email: '' }]);
    const people = new People(SECRET, config);
    people.authorOf('release-bot', 'bot@example.org');
    expect((await people.takeRows(store)).people).toEqual([{ ...row, is_bot: true }]);
  });

  it('come out the same in whatever order and in however many readings they are met', async () => {
    const author = fc.record({
      name: fc.constantFrom('Ada', 'Ada Lovelace', 'ada', 'release-bot', ''),
      email: fc.constantFrom('ada@example.org', 'b@example.org', ''),
    });
    const readings = fc.array(fc.array(author, { maxLength: 4 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(readings, async (meetings) => {
        const collect = async (rounds: { name: string; email: string }[][]): Promise<[string, object][]> => {
          const store = storeOf();
          for (const round of rounds) {
            const people = new People(SECRET, config);
            for (const { name, email } of round) people.authorOf(name, email);
            const taken = await people.takeRows(store);
            store.put([...taken.identities, ...taken.people]);
          }
          return [...store.rows].sort(([a], [b]) => (a < b ? -1 : 1));
        };
        const inOrder = await collect(meetings);
        expect(await collect([meetings.flat().reverse()])).toEqual(inOrder);
        expect(await collect([...meetings].reverse())).toEqual(inOrder);
      }),
      { numRuns: 200 },
    );
  });

  it('prefer a name with a space, then a longer one', () => {
    expect(fuller('administrator', 'Ada L')).toBe('Ada L');
    expect(fuller('ada', 'adal')).toBe('adal');
    expect(fuller('abc', 'abd')).toBe('abd');
  });
});
