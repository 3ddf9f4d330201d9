import { describe, expect, it } from 'vitest';
import { readStatement } from './read-statement.ts';

async function* pieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(query: string, body: string, size = 1_000_000, most = 10_000): Promise<[string, string]> {
  const { sql, data } = await readStatement(query, pieces(body, size), most);
  const rest: Uint8Array[] = [];
  for await (const piece of data) rest.push(piece);
  return [sql, Buffer.concat(rest).toString()];
}

describe('where the rows of an INSERT begin', () => {
  it.each([
    ['INSERT INTO t FORMAT TSV\na\tb\n', 'INSERT INTO t FORMAT TSV', 'a\tb\n'],
    ['INSERT INTO t FORMAT TSV\r\na\n', 'INSERT INTO t FORMAT TSV', 'a\n'],
    ['INSERT INTO t FORMAT TSV\n\na\n', 'INSERT INTO t FORMAT TSV', '\na\n'],
    ['INSERT INTO t FORMAT JSONEachRow {"a":1}', 'INSERT INTO t FORMAT JSONEachRow', '{"a":1}'],
    ['insert into t (a, b) values (1, 2)', 'insert into t (a, b) values', ' (1, 2)'],
    ['INSERT INTO t VALUES(1)', 'INSERT INTO t VALUES', '(1)'],
    [
      'INSERT INTO t SETTINGS async_insert = 0 FORMAT CSV\n1',
      'INSERT INTO t SETTINGS async_insert = 0 FORMAT CSV',
      '1',
    ],
    [
      "INSERT INTO t FORMAT CSV SETTINGS a = 'x, y', b=1\n1",
      "INSERT INTO t FORMAT CSV SETTINGS a = 'x, y', b=1",
      '1',
    ],
    ['INSERT INTO values FORMAT CSV\n1', 'INSERT INTO values FORMAT CSV', '1'],
    [
      'INSERT INTO ops.format (values, format) FORMAT CSV\n1',
      'INSERT INTO ops.format (values, format) FORMAT CSV',
      '1',
    ],
    ['INSERT INTO `a FORMAT b` FORMAT CSV\n1', 'INSERT INTO `a FORMAT b` FORMAT CSV', '1'],
    [
      '-- FORMAT x\n/* VALUES */ INSERT /* FORMAT y */ INTO t FORMAT CSV\n1',
      '-- FORMAT x\n/* VALUES */ INSERT /* FORMAT y */ INTO t FORMAT CSV',
      '1',
    ],
    ['INSERT INTO t FORMAT Values SELECT', 'INSERT INTO t FORMAT Values', 'SELECT'],
  ])('%j', async (body, sql, data) => {
    for (const size of [1, 7, 1_000]) expect(await read('', body, size)).toEqual([sql, data]);
  });

  it.each([
    ['INSERT INTO t SELECT 1 FORMAT CSV'],
    ["INSERT INTO t WITH 'FORMAT' AS f SELECT f"],
    ['SELECT 1 FORMAT CSV'],
    ["SELECT 'INSERT INTO t FORMAT CSV'"],
    ['INSERT INTO t FORMAT CSV'],
    ['/* not ended INSERT INTO t FORMAT CSV\n1'],
  ])('nowhere: %j', async (body) => {
    for (const size of [1, 1_000]) expect(await read('', body, size)).toEqual([body, '']);
  });

  it('in the body, where the statement stands in the address', async () => {
    expect(await read('INSERT INTO t FORMAT TSV', 'a\n', 1)).toEqual(['INSERT INTO t FORMAT TSV', 'a\n']);
    expect(await read('INSERT INTO t', 'FORMAT TSV\na\n', 1)).toEqual(['INSERT INTO t\nFORMAT TSV', 'a\n']);
    expect(await read('INSERT INTO t VALUES', '(1)')).toEqual(['INSERT INTO t VALUES', '\n(1)']);
  });

  it('binary rows come through as they are', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    async function* body(): AsyncGenerator<Uint8Array> {
      yield Buffer.concat([Buffer.from('INSERT INTO t FORMAT Native\n'), bytes]);
    }
    const { data } = await readStatement('', body(), 1_000);
    const rest: Uint8Array[] = [];
    for await (const piece of data) rest.push(piece);
    expect(Buffer.concat(rest).equals(bytes)).toBe(true);
  });
});

describe('how long a statement may be', () => {
  it('rows do not count', async () => {
    const [sql, data] = await read('', `INSERT INTO t FORMAT TSV\n${'a\n'.repeat(50_000)}`, 1_000_000, 100);
    expect([sql, data.length]).toEqual(['INSERT INTO t FORMAT TSV', 100_000]);
  });

  it.each([1, 64, 1_000_000])('everything else does, in pieces of %i', async (size) => {
    await expect(read('', `SELECT '${'x'.repeat(200)}'`, size, 100)).rejects.toMatchObject({ code: 62 });
    await expect(read('', `INSERT INTO ${'x'.repeat(200)} FORMAT TSV\n1`, size, 100)).rejects.toMatchObject({
      code: 62,
    });
  });

  it('a comment that never ends costs no more than its length', async () => {
    const [sql] = await read('', `/*${'*'.repeat(900_000)}`, 4_096, 1_000_000);
    expect(sql.length).toBe(900_002);
    await expect(read('', `'${'\\'.repeat(900_000)}`, 4_096, 1_000_000)).resolves.toHaveLength(2);
  });
});
