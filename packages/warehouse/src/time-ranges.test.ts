import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryWarehouse } from '../test/temporary-warehouse.ts';

const database = temporaryWarehouse();

/** One insert is one part: what replaces a row lies in another part than the row. */
async function insert(
  number: number,
  created: string,
  merged: string | null,
  version: number,
  isDeleted = 0,
) {
  await database.warehouse.command(
    `INSERT INTO facts.pull_requests (repo, number, created_at, merged_at, _version, _deleted)
     VALUES ('host/owner/app', {n:UInt32}, {c:String}, {m:Nullable(String)}, {v:UInt64}, {d:UInt8})`,
    { n: number, c: created, m: merged, v: version, d: isDeleted },
  );
}

const mergedIn = (year: number): string =>
  `SELECT number FROM facts.pull_requests FINAL
   WHERE merged_at IS NOT NULL AND assumeNotNull(merged_at) >= toDateTime64('${String(year)}-01-01 00:00:00', 3, 'UTC')
     AND assumeNotNull(merged_at) < toDateTime64('${String(year + 1)}-01-01 00:00:00', 3, 'UTC') ORDER BY number`;

const numbers = async (year: number): Promise<number[]> =>
  (await database.warehouse.query<{ number: number }>(mergedIn(year))).map(({ number }) => number);

describe('the range of a time that may change', () => {
  beforeAll(async () => {
    await database.warehouse.command('SYSTEM STOP MERGES facts.pull_requests');
    for (const year of [2015, 2016, 2017, 2018, 2019]) {
      await insert(year, `${String(year)}-05-01 00:00:00`, `${String(year)}-06-01 00:00:00`, 1);
    }
    await insert(1, '2023-05-01 00:00:00', null, 1);
  });

  it('leaves out the years in which nothing of the kind was made', async () => {
    expect(await numbers(2019)).toEqual([2019]);
    const read = await database.warehouse.query<{ rows: number }>(`EXPLAIN ESTIMATE ${mergedIn(2019)}`);
    expect(read.map(({ rows }) => rows)).toEqual([1]);
  });

  it('never brings back what was replaced by a row outside of it', async () => {
    await insert(1, '2023-05-01 00:00:00', '2023-06-01 00:00:00', 2);
    expect(await numbers(2023)).toEqual([1]);
    await insert(1, '2023-05-01 00:00:00', '2024-06-01 00:00:00', 3);
    expect(await numbers(2023)).toEqual([]);
    expect(await numbers(2024)).toEqual([1]);
    await insert(1, '2023-05-01 00:00:00', null, 4, 1);
    expect(await numbers(2024)).toEqual([]);
  });
});
