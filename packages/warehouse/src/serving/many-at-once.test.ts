import { describe, expect, it } from 'vitest';
import { QueryError } from './query-error.ts';
import { admitted, body, bytesOf, context, inserting, servedWarehouse } from '../../test/served-warehouse.ts';

const test = servedWarehouse({ readers: 2 });
const ROUNDS = Number(process.env['BELLWETHER_SOAK_ROUNDS'] ?? 150);

/** A small generator of its own, so that a failure can be repeated. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

describe('many clients at once, some of which hang up, ask nonsense or stop reading', () => {
  it('each gets its own answer, whole, or an error of its own', async () => {
    const roll = dice(7);
    const oneQuery = async (number: number): Promise<string> => {
      const client = new AbortController();
      const rows = [1, 1000, 400_000][roll(3)]!;
      const format = ['TSV', 'CSV', 'JSONEachRow', 'Native'][roll(4)]!;
      const fate = roll(6);
      const params = { mark: String(number) };
      const fails = fate === 0 ? `, throwIf(number = ${String(rows - 1)})` : '';
      const sql = `SELECT {mark:UInt32} AS mark${fails} FROM numbers(${String(rows)})`;
      try {
        const answer = await test.served.run(
          admitted(sql),
          context({ params, format, signal: client.signal }),
        );
        if (fate === 1) client.abort();
        if (fate === 2) {
          await answer.chunks.next();
          await answer.chunks.return?.();
          return 'returned';
        }
        const bytes = await bytesOf(Promise.resolve(answer));
        if (format === 'Native') return 'read';
        const values = bytes.toString().trimEnd().split('\n');
        expect(values).toHaveLength(rows);
        const expected = format === 'JSONEachRow' ? `{"mark":${String(number)}}` : String(number);
        expect(new Set(values)).toEqual(new Set([expected]));
        return 'read';
      } catch (error) {
        if (!(error instanceof QueryError)) throw error;
        expect([394, 395]).toContain(error.code);
        return String(error.code);
      }
    };
    const outcomes: string[] = [];
    let next = 0;
    const clientLoop = async (): Promise<void> => {
      while (next < ROUNDS) outcomes.push(await oneQuery(next++));
    };
    const writer = async (): Promise<void> => {
      for (let batch = 0; batch < 10; batch++) {
        await test.served.insert(inserting(['n']), context(), body(`${String(batch)}\n`.repeat(1000)));
      }
    };
    await Promise.all([...Array.from({ length: 12 }, clientLoop), writer()]);
    expect(new Set(outcomes)).toEqual(new Set(['read', 'returned', '394', '395']));
    expect(await test.served.warehouse.query('SELECT count() AS n FROM metrics.numbers')).toEqual([
      { n: 10_000 },
    ]);
    await expect
      .poll(async () => (await test.served.status()).connections.reading, { timeout: 20_000 })
      .toEqual({ open: 2, busy: 0 });
  });
});
