import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  admitted,
  body,
  bytesOf,
  context,
  inserting,
  refusal,
  servedWarehouse,
} from '../../test/served-warehouse.ts';
import type { QueryContext, QuerySummary } from './served-warehouse.ts';

const test = servedWarehouse({ readers: 2 });

function insert(
  format: string,
  pieces: AsyncIterable<Uint8Array>,
  columns: string[] = [],
  changes: Partial<QueryContext> = {},
): Promise<QuerySummary> {
  return test.served.insert(inserting(columns), context({ format, ...changes }), pieces);
}
const stored = (): Promise<unknown[]> =>
  test.served.warehouse.query('SELECT n, word, maybe FROM metrics.numbers ORDER BY n, word');
const parts = async (): Promise<unknown> =>
  test.served.warehouse.query(
    "SELECT count() AS parts, sum(rows) AS rows FROM system.parts WHERE active AND table = 'numbers'",
  );
const bodies = (): string[] =>
  readdirSync(join(test.path, 'serving')).filter((name) => name.startsWith('body-'));

afterEach(async () => {
  await test.served.warehouse.command('TRUNCATE TABLE metrics.numbers');
  expect(bodies()).toEqual([]);
});

describe('rows come in', () => {
  it('as JSON, with defaults for what is left out', async () => {
    const summary = await insert('JSONEachRow', body('{"n":1,"word":"one"}\n{"n"', ':2,"maybe":"x"}\n'));
    expect(summary).toMatchObject({ writtenRows: 2 });
    expect(await stored()).toEqual([
      { n: 1, word: 'one', maybe: null },
      { n: 2, word: 'none', maybe: 'x' },
    ]);
  });

  it.each([
    ['CSV', '1,"one",\\N\n'],
    ['CSVWithNames', '"word","n","maybe"\n"one",1,\\N\n'],
    ['TSV', '1\tone\t\\N\n'],
    ['TSVWithNames', 'word\tn\tmaybe\none\t1\t\\N\n'],
    ['JSONCompactEachRow', '[1, "one", null]\n'],
    ['Values', "(1, 'one', NULL)"],
    ['jsoneachrow', '{"n":1,"word":"one","maybe":null}'],
  ])('as %s', async (format, text) => {
    await insert(format, body(text));
    expect(await stored()).toEqual([{ n: 1, word: 'one', maybe: null }]);
  });

  it.each([
    'Native',
    'RowBinary',
    'RowBinaryWithNamesAndTypes',
    'Parquet',
    'Arrow',
    'ArrowStream',
    'ORC',
    'Avro',
    'MsgPack',
  ])('as %s, byte for byte', async (format) => {
    const sql = "SELECT 255::UInt64 AS n, unhex('00FF80C3') AS word, 'x'::Nullable(String) AS maybe";
    const settings = { output_format_avro_string_column_pattern: '.*' };
    const rows = await bytesOf(test.served.run(admitted(sql), context({ format, settings })));
    await insert(format, body(rows));
    const read = 'SELECT n, hex(word) AS word, maybe FROM metrics.numbers';
    expect(await test.served.warehouse.query(read)).toEqual([{ n: 255, word: '00FF80C3', maybe: 'x' }]);
  });

  it('that stood in the statement, before those of the body', async () => {
    const statement = {
      ...inserting(['n']),
      insert: { table: 'metrics.numbers', columns: ['n'], data: '(1),' },
    };
    await test.served.insert(statement, context({ format: 'Values' }), body('(2)'));
    expect(await test.served.warehouse.query('SELECT n FROM metrics.numbers ORDER BY n')).toEqual([
      { n: 1 },
      { n: 2 },
    ]);
  });

  it('none at all', async () => {
    expect(await insert('JSONEachRow', body())).toMatchObject({ writtenRows: 0 });
  });
});

describe('one insert', () => {
  it('is one part, however many rows it has', async () => {
    const rows = '1\tone\t\\N\n'.repeat(500);
    await insert('TSV', body(...Array.from({ length: 1000 }, () => rows)));
    expect(await parts()).toEqual([{ parts: 1, rows: 500_000 }]);
  });

  it('whose last row is wrong stores none, and says which row without quoting it', async () => {
    const rows = '1\tone\t\\N\n'.repeat(500);
    const error = await refusal(
      insert('TSV', body(...Array.from({ length: 1000 }, () => rows), 'secret\tone\t\\N\n')),
    );
    expect(error.code).toBe(27);
    expect(error.message).toContain('row 500001');
    expect(error.message).not.toContain('secret');
    expect(await stored()).toEqual([]);
  });

  it('with a null for a column that knows none is refused, whatever the request asks for', async () => {
    const settings = { input_format_null_as_default: '1', min_insert_block_size_rows: '0' };
    const error = await refusal(insert('JSONEachRow', body('{"n":1,"word":null}'), [], { settings }));
    expect(error).toMatchObject({ code: 117, codeName: 'INCORRECT_DATA' });
    expect(await stored()).toEqual([]);
  });

  it('evaluates nothing: a value is a value', async () => {
    for (const text of [
      "(1, file('/etc/hostname'), NULL)",
      "(1, concat('a', 'b'), NULL)",
      '((SELECT 1), 1, NULL)',
    ]) {
      expect((await refusal(insert('Values', body(text)))).code).toBeGreaterThan(0);
    }
    expect(await stored()).toEqual([]);
  });

  it('of a body that is cut off, by its client or in its format, stores nothing', async () => {
    async function* breaks(): AsyncGenerator<Uint8Array, void, undefined> {
      yield await Promise.resolve(Buffer.from('1\tone\t\\N\n'));
      throw new Error('connection reset');
    }
    await expect(insert('TSV', breaks())).rejects.toThrow('connection reset');
    const native = await bytesOf(
      test.served.run(admitted('SELECT 1::UInt64 AS n'), context({ format: 'Native' })),
    );
    const error = await refusal(insert('Native', body(native.subarray(0, -3)), ['n']));
    expect(error.codeName).not.toContain('DAMAGED');
    expect(await refusal(insert('Parquet', body('PAR1 and so on')))).toMatchObject({ name: 'QueryError' });
    expect(await stored()).toEqual([]);
  });

  it('of a client that goes away before its turn stores nothing', async () => {
    const client = new AbortController();
    async function* slow(): AsyncGenerator<Uint8Array, void, undefined> {
      yield await Promise.resolve(Buffer.from('1\tone\t\\N\n'));
      client.abort();
    }
    expect(await refusal(insert('TSV', slow(), [], { signal: client.signal }))).toMatchObject({ code: 394 });
    expect(await stored()).toEqual([]);
  });

  it('is refused where it needs more than its body, or the table is not there', async () => {
    for (const format of ['Template', 'CapnProto', 'AvroConfluent', 'Nonsense', 'Protobuf']) {
      expect(await refusal(insert(format, body('x')))).toMatchObject({ code: 73 });
    }
    const nowhere = test.served.insert(inserting([], 'metrics.nothing'), context(), body('1\n'));
    expect(await refusal(nowhere)).toMatchObject({ code: 60, codeName: 'UNKNOWN_TABLE' });
    expect(await refusal(insert('TSV', body('1\n'), ['nothing']))).toMatchObject({ code: 16 });
  });
});

describe('a body on its way', () => {
  it('lies in a file that only this account can read, and holds up no other insert', async () => {
    let finish = (): void => undefined;
    const rest = new Promise<void>((resolve) => (finish = resolve));
    async function* slow(): AsyncGenerator<Uint8Array, void, undefined> {
      yield Buffer.from('1\tslow\t\\N\n');
      await rest;
      yield Buffer.from('2\tslow\t\\N\n');
    }
    const first = insert('TSV', slow());
    await expect.poll(() => bodies().length).toBe(1);
    const [name = ''] = bodies();
    expect(statSync(join(test.path, 'serving', name)).mode & 0o777).toBe(0o600);
    await insert('TSV', body('3\tfast\t\\N\n'));
    expect(await stored()).toEqual([{ n: 3, word: 'fast', maybe: null }]);
    finish();
    await first;
    expect(await stored()).toHaveLength(3);
    expect(existsSync(join(test.path, 'serving', name))).toBe(false);
  });
});
