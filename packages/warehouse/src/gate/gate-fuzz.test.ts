import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AttackWorld } from '../../test/attacks/attack-world.ts';
import { statement } from '../../test/attacks/grammar.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { canReadTable } from './rights.ts';
import { canSeeSystemTable } from './system-tables.ts';

const folder = temporaryFolder();
/**
 * `BELLWETHER_FUZZ_STATEMENTS=200000` looks for longer, `BELLWETHER_FUZZ_SECONDS=600` for so long at most and says how
 * much it tried, `BELLWETHER_FUZZ_SEED` again for the same.
 */
const COUNT = Number(process.env['BELLWETHER_FUZZ_STATEMENTS'] ?? 1200);
const SECONDS = process.env['BELLWETHER_FUZZ_SECONDS'];
const SEED = process.env['BELLWETHER_FUZZ_SEED'];
const ROLES = ['dashboards', 'analyst', 'bot'] as const;

let world: AttackWorld;

beforeAll(async () => {
  world = await AttackWorld.open(folder);
});
afterAll(() => world.close());

/** Tables that the engine itself found in a query, said by another part of it than the gate asks. */
async function tablesOf(sql: string): Promise<string[]> {
  try {
    const bytes = await world.engine.run(`EXPLAIN QUERY TREE ${sql}`, {
      lane: 'text',
      format: 'TSVRaw',
      params: { p: 'x' },
    });
    const lines = Buffer.from(bytes).toString().split('\n');
    return lines
      .filter((line) => line.includes('TABLE id:'))
      .map((line) => /table_name: (\S+?)(?:,|$)/.exec(line)?.[1] ?? line);
  } catch {
    // It would fail when it runs, too: that is tried besides.
    return [];
  }
}

describe('whatever is put together,', () => {
  it(
    'what passes the gate reads what the role may, and changes nothing',
    async () => {
      const untouched = await world.state();
      const counts = { refused: 0, failed: 0, answered: 0, 'not-run': 0 };
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...ROLES), statement, async (role, text) => {
          const sql = world.fill(text);
          const outcome = await world.attack(role, sql, { p: 'x' });
          counts[outcome.kind]++;
          expect(outcome.kind).not.toBe('not-run');
          expect(world.seen(role, outcome)).toEqual([]);
          if (outcome.kind === 'refused') return;
          const { sql: admitted, kind } = await world.gate.admit({
            role,
            sql,
            params: { p: 'x' },
            database: 'default',
          });
          const read = kind === 'select' ? await tablesOf(admitted) : [];
          const beyond = read.filter((table) => {
            const [database = '', name = ''] = table.split('.');
            return !canReadTable(role, database, name) && !canSeeSystemTable(role, database, name);
          });
          expect(beyond).toEqual([]);
        }),
        {
          numRuns: COUNT,
          ...(SEED === undefined ? {} : { seed: Number(SEED) }),
          ...(SECONDS === undefined ? {} : { interruptAfterTimeLimit: Number(SECONDS) * 1000 }),
        },
      );
      if (SECONDS !== undefined) process.stdout.write(`statements: ${JSON.stringify(counts)}\n`);
      expect(await world.state()).toEqual(untouched);
      // Else nothing would have been tried.
      const tried = counts.refused + counts.failed + counts.answered;
      expect(counts.answered).toBeGreaterThan(tried / 50);
      expect(counts.refused).toBeGreaterThan(tried / 5);
    },
    24 * 3_600_000,
  );
});
