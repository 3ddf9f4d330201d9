import { describe, expect, it } from 'vitest';
import { commitRow } from '../test/rows.ts';
import { temporaryWarehouse } from '../test/temporary-warehouse.ts';
import { commits, cursors, people } from './tables/index.ts';

const database = temporaryWarehouse();

describe('settings stay with the statement that brings them', () => {
  const CHANGED = 'SELECT name, value FROM system.settings WHERE changed ORDER BY name';

  /** What is set on the connection that writes, as a statement on it notes down. */
  async function settingsOfWriter(): Promise<unknown[]> {
    const { warehouse } = database;
    await warehouse.command(`CREATE OR REPLACE TABLE ops.noted ENGINE = Memory AS ${CHANGED}`);
    const noted = await warehouse.query('SELECT name, value FROM ops.noted ORDER BY name');
    await warehouse.command('DROP TABLE ops.noted SYNC');
    return noted;
  }

  /** What the engine sets by itself: the connections that stream have nothing of ours. */
  async function settingsOfEngine(): Promise<unknown[]> {
    let text = '';
    for await (const chunk of database.warehouse.queryText(CHANGED, 'JSONEachRow')) {
      text += Buffer.from(chunk).toString();
    }
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
  }

  it('inserting, reading and failing leave the connections as they were', async () => {
    const { warehouse } = database;
    const settingsOfReader = await warehouse.query(CHANGED);
    await warehouse.insert(cursors, [{ source: 'a', stream: 'a', key: 'a', cursor: '1' }]);
    await warehouse.query('SELECT 1 SETTINGS final = 1, max_threads = 1');
    await warehouse.query('SELECT nonsense SETTINGS max_block_size = 7').catch(() => {});
    await warehouse.replaceByDifference(cursors, { source: 'a' }, []);
    for await (const _ of warehouse.queryText('SELECT 1 SETTINGS max_block_size = 9', 'TSV'));
    expect(await warehouse.query(CHANGED)).toEqual(settingsOfReader);
    expect(await settingsOfWriter()).toEqual(await settingsOfEngine());
  });

  it('two equal inserts are two inserts: no deduplication token stays behind', async () => {
    const { warehouse } = database;
    await warehouse.command(`CREATE TABLE ops.append_only (a String) ENGINE = MergeTree ORDER BY a
      SETTINGS non_replicated_deduplication_window = 100`);
    const insert = "INSERT INTO ops.append_only SETTINGS insert_deduplication_token = 't' VALUES ('x')";
    await warehouse.command(insert);
    await warehouse.command(insert);
    expect(await warehouse.query('SELECT count() AS n FROM ops.append_only')).toEqual([{ n: 1 }]);
    await warehouse.command("INSERT INTO ops.append_only VALUES ('y')");
    await warehouse.command("INSERT INTO ops.append_only VALUES ('z')");
    expect(await warehouse.query('SELECT count() AS n FROM ops.append_only')).toEqual([{ n: 3 }]);
    await warehouse.command('DROP TABLE ops.append_only SYNC');
  });

  it('FINAL in one query is not FINAL in the next', async () => {
    const { warehouse } = database;
    await warehouse.insert(people, [{ person_key: 'twice', is_bot: false, time_zone: '' }]);
    await warehouse.insert(people, [{ person_key: 'twice', is_bot: true, time_zone: '' }]);
    const count = "SELECT count() AS n FROM domain.people WHERE person_key = 'twice'";
    expect(await warehouse.query(`${count} SETTINGS final = 1`)).toEqual([{ n: 1 }]);
    expect(await warehouse.query(count)).toEqual([{ n: 2 }]);
    expect(await warehouse.readRows(people, ['is_bot'], { sql: "person_key = 'twice'" })).toEqual([
      { is_bot: true },
    ]);
  });
});

describe('queries run side by side', () => {
  it('a short query does not wait for a long one, nor reading for writing', async () => {
    const { warehouse } = database;
    const done: string[] = [];
    const note = (name: string) => (): void => void done.push(name);
    const slow = warehouse.query('SELECT sleep(1.5) AS s').then(note('slow read'));
    const write = warehouse
      .command('CREATE TABLE ops.slow ENGINE = Memory AS SELECT sleep(1.5) AS s')
      .then(note('slow write'));
    await warehouse.query('SELECT 1').then(note('short read'));
    await Promise.all([slow, write]);
    expect(done[0]).toBe('short read');
    await warehouse.command('DROP TABLE ops.slow SYNC');
  });

  it('bound values never reach another query, streamed or not', async () => {
    const { warehouse } = database;
    const ask = async (n: number): Promise<void> => {
      expect(await warehouse.query('SELECT {n:UInt32} AS n FROM numbers(2)', { n })).toEqual([{ n }, { n }]);
    };
    const stream = async (n: number): Promise<void> => {
      let text = '';
      for await (const chunk of warehouse.queryText('SELECT {n:UInt32} FROM numbers(2)', 'TSV', { n })) {
        text += Buffer.from(chunk).toString();
      }
      expect(text).toBe(`${String(n)}\n${String(n)}\n`);
    };
    await Promise.all(Array.from({ length: 200 }, (_, n) => (n % 2 === 0 ? ask(n) : stream(n))));
  });
});

describe('one insert', () => {
  const ROWS = 1_100_000;

  it('is one part, however many rows it has, and no reader sees half of it', async () => {
    const { warehouse } = database;
    const before = await warehouse.query<{ n: number }>('SELECT count() AS n FROM domain.people');
    await warehouse.command('SYSTEM STOP MERGES domain.people');
    // Over a million rows: the engine's default would begin a second block, and with it a second part.
    const rows = Array.from({ length: ROWS }, (_, at) => ({
      person_key: String(at),
      is_bot: false,
      time_zone: '',
    }));
    const seen = new Set<number>();
    let isDone = false;
    const watch = async (): Promise<void> => {
      while (!isDone) {
        const [row] = await warehouse.query<{ n: number }>('SELECT count() AS n FROM domain.people');
        seen.add((row?.n ?? 0) - (before[0]?.n ?? 0));
      }
    };
    const watching = watch();
    await warehouse.insert(people, rows);
    isDone = true;
    await watching;
    expect([...seen].filter((count) => count !== 0 && count !== ROWS)).toEqual([]);
    const parts = await warehouse.query(
      `SELECT rows FROM system.parts WHERE active AND database = 'domain' AND table = 'people' AND rows > 1000`,
    );
    expect(parts).toEqual([{ rows: ROWS }]);
    await warehouse.command('SYSTEM START MERGES domain.people');
  });

  it('of wide rows is one part too', async () => {
    const { warehouse } = database;
    await warehouse.command('SYSTEM STOP MERGES domain.commits');
    const paths = Array.from(
      { length: 60 },
      (_, at) => `packages/warehouse/src/some/file-number-${String(at)}.ts`,
    );
    const rows = Array.from({ length: 20_000 }, (_, at) =>
      commitRow({ repo: 'local/wide', sha: String(at), paths }),
    );
    await warehouse.insert(commits, rows);
    const parts = await warehouse.query(
      `SELECT rows FROM system.parts WHERE active AND database = 'domain' AND table = 'commits'`,
    );
    expect(parts).toEqual([{ rows: 20_000 }]);
  });

  it('that fails stores nothing', async () => {
    const { warehouse } = database;
    const rows = Array.from({ length: 5_000 }, (_, at) =>
      commitRow({ repo: 'local/broken', sha: String(at) }),
    );
    rows[4_999] = { ...commitRow({ repo: 'local/broken', sha: 'x' }), subject: null as unknown as string };
    await expect(warehouse.insert(commits, rows)).rejects.toThrow('row 5000');
    expect(await warehouse.readRows(commits, ['sha'], { sql: "repo = 'local/broken'" })).toEqual([]);
  });
});

describe('a query that fails half-way', () => {
  it('leaves nothing behind for the next one', async () => {
    const { warehouse } = database;
    // Its header is put out before the engine sees that the other sample is empty.
    const failing = "SELECT mannWhitneyUTest('two-sided', 1)(toFloat64(number), 0).2 AS p FROM numbers(5)";
    for (const x of [1, 2, 3]) {
      await expect(warehouse.query(failing)).rejects.toThrow(/non empty/);
      expect(await warehouse.query('SELECT count() AS n, {x:Int64} AS x FROM numbers(10)', { x })).toEqual([
        { n: 10, x },
      ]);
    }
  });
});
