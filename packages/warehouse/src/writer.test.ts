import { describe, expect, it } from 'vitest';
import { commitDeploymentRow } from '../test/rows.ts';
import { temporaryWarehouse } from '../test/temporary-warehouse.ts';
import { commitDeployments, cursors, people } from './tables/index.ts';
import type { Warehouse } from './warehouse.ts';
import { createWriter } from './writer.ts';

const database = temporaryWarehouse();

const peopleRows = (from: number, to: number): { person_key: string; is_bot: boolean; time_zone: string }[] =>
  Array.from({ length: to - from }, (_, at) => ({
    person_key: `p${String(from + at)}`,
    is_bot: false,
    time_zone: '',
  }));

/** The real warehouse, with a look at every insert. */
function watched(before: (table: string, rows: number) => Promise<void> | void): Pick<Warehouse, 'insert'> {
  return {
    insert: async (table, rows, options) => {
      await before(table.qualified, rows.length);
      await database.warehouse.insert(table, rows, options);
    },
  };
}

async function count(table: string): Promise<number> {
  const [row] = await database.warehouse.query<{ n: number }>(`SELECT count() AS n FROM ${table} FINAL`);
  return row?.n ?? 0;
}

describe('createWriter', () => {
  it('collects rows of several tables into inserts of the size asked for', async () => {
    const inserts: [string, number][] = [];
    const writer = createWriter(
      watched((table, rows) => void inserts.push([table, rows])),
      { maxRows: 1000 },
    );
    await writer.write(people, peopleRows(0, 2500));
    for (let at = 0; at < 30; at++) {
      await writer.write(commitDeployments, [commitDeploymentRow({ repo: 'local/writer', sha: String(at) })]);
    }
    expect(inserts.length).toBeLessThanOrEqual(2);
    await writer.flush();
    expect(inserts).toEqual([
      ['domain.people', 1000],
      ['domain.people', 1000],
      ['domain.people', 500],
      ['facts.commit_deployments', 30],
    ]);
    expect(await count('domain.people')).toBe(2500);
    expect(await count('facts.commit_deployments')).toBe(30);
    await writer.flush();
    expect(inserts).toHaveLength(4);
  });

  it('holds the caller back while the warehouse is slow, and never more than two batches of a table', async () => {
    let stored = 0;
    let written = 0;
    let most = 0;
    const slow = watched(async (_, rows) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      stored += rows;
    });
    const writer = createWriter(slow, { maxRows: 100 });
    for (let at = 0; at < 40; at++) {
      await writer.write(people, peopleRows(at * 50, at * 50 + 50));
      written += 50;
      most = Math.max(most, written - stored);
    }
    await writer.flush();
    expect(stored).toBe(2000);
    expect(most).toBeLessThanOrEqual(300);
  });

  it('acknowledges nothing after a failure, and keeps saying why', async () => {
    let calls = 0;
    const failing = watched(() => {
      if (++calls === 2) throw new Error('no space');
    });
    const writer = createWriter(failing, { maxRows: 10 });
    await writer.write(cursors, cursorRows(0, 10));
    await writer.write(cursors, cursorRows(10, 20));
    await expect(writer.flush()).rejects.toThrow('no space');
    await expect(writer.write(cursors, cursorRows(20, 30))).rejects.toThrow('no space');
    await expect(writer.flush()).rejects.toThrow('no space');
    expect(calls).toBe(2);
    expect(await count('ops.cursors')).toBe(10);
  });

  it('keeps the order of calls that do not wait for each other', async () => {
    const writer = createWriter(database.warehouse, { maxRows: 3 });
    const calls = Array.from({ length: 20 }, (_, at) =>
      writer.write(cursors, [{ source: 'order', stream: '', key: 'same', cursor: String(at) }]),
    );
    await Promise.all([...calls, writer.flush()]);
    const rows = await database.warehouse.readRows(cursors, ['cursor'], { sql: "source = 'order'" });
    expect(rows).toEqual([{ cursor: '19' }]);
  });

  it('keeps rows of different versions apart', async () => {
    const writer = createWriter(database.warehouse);
    const row = (cursor: string) => [{ source: 'versions', stream: '', key: 'same', cursor }];
    await writer.write(cursors, row('newer'), { version: 2000 });
    await writer.write(cursors, row('older'), { version: 1000 });
    await writer.flush();
    const rows = await database.warehouse.readRows(cursors, ['cursor'], { sql: "source = 'versions'" });
    expect(rows).toEqual([{ cursor: 'newer' }]);
  });
});

function cursorRows(from: number, to: number) {
  return Array.from({ length: to - from }, (_, at) => ({
    source: 'failing',
    stream: '',
    key: String(from + at),
    cursor: '',
  }));
}
