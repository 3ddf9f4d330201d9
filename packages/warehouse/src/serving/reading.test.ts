import { describe, expect, it } from 'vitest';
import {
  admitted,
  body,
  bytesOf,
  context,
  inserting,
  limits,
  refusal,
  servedWarehouse,
  textOf,
} from '../../test/served-warehouse.ts';
import type { QueryContext } from './served-warehouse.ts';

const test = servedWarehouse({ readers: 2 });
const read = (sql: string, changes: Partial<QueryContext> = {}): Promise<string> =>
  textOf(test.served.run(admitted(sql), context(changes)));
const failure = (sql: string, changes: Partial<QueryContext> = {}): ReturnType<typeof refusal> =>
  refusal(read(sql, changes));

describe('an answer', () => {
  it('is whole at once when it is small, with what is known about it', async () => {
    const answer = await test.served.run(admitted('SELECT number FROM numbers(3)'), context());
    expect(answer.isStreamed).toBe(false);
    expect(answer.summary()).toMatchObject({ resultRows: 3, resultBytes: 24 });
    expect(await textOf(Promise.resolve(answer))).toBe('0\n1\n2\n');
  });

  it('is one document, streamed, when it is large', async () => {
    const sql = 'SELECT number FROM numbers(300000)';
    const answer = await test.served.run(admitted(sql), context({ format: 'JSON' }));
    expect(answer.isStreamed).toBe(true);
    const document = JSON.parse(await textOf(Promise.resolve(answer))) as { rows: number; data: unknown[] };
    expect(document.rows).toBe(300_000);
    expect(document.data).toHaveLength(300_000);
    expect(answer.summary().resultRows).toBe(300_000);
    expect((await read(sql, { format: 'CSVWithNames' })).match(/"number"/g)).toHaveLength(1);
  });

  it('comes with the short statements, too, from the database that the gate chose', async () => {
    expect(await textOf(test.served.run(admitted('SHOW TABLES', 'show'), context()))).toBe('numbers\n');
    const system = { ...admitted('SELECT currentDatabase()'), database: 'system' };
    expect(await textOf(test.served.run(system, context()))).toBe('system\n');
    expect(await read('SELECT currentDatabase()')).toBe('metrics\n');
  });

  it('says of a format that is none what ClickHouse says', async () => {
    expect(await failure('SELECT 1', { format: 'Nonsense' })).toMatchObject({ code: 73 });
    expect(await failure('SELECT 1', { format: "TSV'; DROP" })).toMatchObject({ code: 73 });
    expect(await failure('SELECT 1', { format: 'MySQLWire' })).toMatchObject({ code: 48 });
  });
});

describe('an error', () => {
  it('has ClickHouse’s number, name and first sentence, and nothing of ours', async () => {
    const error = await failure('SELECT nothing FROM numbers');
    expect(error).toMatchObject({ code: 47, codeName: 'UNKNOWN_IDENTIFIER' });
    expect(error.message).toContain('nothing');
    expect(error.message).not.toMatch(/version|OUTFILE|Code:|UNKNOWN_IDENTIFIER/);
    expect(await failure('SELECT 1 FROM nowhere.nothing')).toMatchObject({ code: 81 });
    expect(await failure('SELECT 1 +')).toMatchObject({ code: 62, message: 'Syntax error' });
  });

  it('comes instead of a small result and behind the beginning of a large one', async () => {
    const fails = (at: number): string =>
      `SELECT throwIf(number = ${String(at)}), 'padding that takes some room' FROM numbers(5000000)`;
    expect(await failure(fails(70_000), { settings: { max_threads: '1' } })).toMatchObject({ code: 395 });
    const answer = await test.served.run(admitted(fails(4_900_000)), context());
    expect(answer.isStreamed).toBe(true);
    expect(await refusal(bytesOf(Promise.resolve(answer)))).toMatchObject({ code: 395 });
  });

  it('leaves nothing behind that the next result could begin with', async () => {
    for (const format of ['TSV', 'JSON', 'Native', 'Parquet']) {
      await failure("SELECT throwIf(number = 900000), 'left behind' FROM numbers(1000000)", { format });
      expect(await read('SELECT 42', { format: 'CSV' })).toBe('42\n');
    }
  });
});

describe('values', () => {
  it('come in the escaping of the HTTP interface', async () => {
    const params = {
      text: "it's\\ta\\\\tab",
      none: '\\N',
      list: "['a','b\\'c']",
      map: "{'k':1}",
      count: '7',
    };
    expect(
      await read(
        'SELECT {text:String}, {none:Nullable(String)} IS NULL, {list:Array(String)}[2], {map:Map(String, UInt8)}, {count:UInt8} + 1',
        { params, format: 'JSONCompactEachRow' },
      ),
    ).toBe('["it\'s\\ta\\\\tab", 1, "b\'c", {"k":1}, 8]\n');
  });

  it('that are missing or do not fit are named as the user named them', async () => {
    expect(await failure('SELECT {a:String}')).toMatchObject({ code: 456 });
    const error = await failure('SELECT {a:UInt8}', { params: { a: 'many' } });
    expect(error).toMatchObject({ code: 457, codeName: 'BAD_QUERY_PARAMETER' });
    expect(error.message).toContain("'a'");
  });

  it('of one user cannot be had by the next one on the same connection', async () => {
    for (let times = 0; times < 4; times++) {
      await read('SELECT {secret:String}', { params: { secret: 'mine' } });
    }
    for (let times = 0; times < 4; times++) {
      expect(await failure('SELECT {secret:String}')).toMatchObject({ code: 456 });
    }
  });

  it('are put into a statement that changes something as well', async () => {
    const sql = 'INSERT INTO metrics.numbers (n, word) SELECT {n:UInt64}, {word:String}';
    const params = { n: '99', word: 'by value' };
    await test.served.run(admitted(sql, 'command'), context({ params }));
    expect(await read("SELECT n FROM numbers WHERE word = 'by value'")).toBe('99\n');
  });
});

describe('settings', () => {
  it('of a request hold for it alone', async () => {
    const sql = "SELECT toDateTime64(0, 3, 'UTC') AS at";
    const iso = { settings: { date_time_output_format: 'iso' } };
    expect(await read(sql, iso)).toBe('1970-01-01T00:00:00.000Z\n');
    expect(await read(sql)).toBe('1970-01-01 00:00:00.000\n');
    const command = admitted(
      "INSERT INTO metrics.numbers (n, word) SELECT 98, toString(getSetting('max_threads'))",
      'command',
    );
    await test.served.run(command, context({ settings: { max_threads: '3' } }));
    await test.served.run({ ...command, sql: command.sql.replace('98', '97') }, context());
    expect(await read('SELECT word FROM numbers WHERE n = 98')).toBe('3\n');
    expect(await read('SELECT word FROM numbers WHERE n = 97')).not.toBe('3\n');
  });

  it('can make limits tighter and never wider', async () => {
    const ask =
      "SELECT getSetting('max_execution_time'), getSetting('max_result_rows'), getSetting('readonly')";
    expect(await read(ask)).toBe('60\t1000000000\t1\n');
    const settings = { max_execution_time: '5', max_result_rows: '0', readonly: '0' };
    expect(await read(ask, { settings })).toBe('5\t1000000000\t1\n');
    expect(await read(ask, { settings: { max_execution_time: '100' } })).toBe('60\t1000000000\t1\n');
  });
});

describe('a reader', () => {
  it('changes nothing, should the gate ever let it try', async () => {
    const before = await read('SELECT count() FROM numbers');
    const attempts = [
      'CREATE TABLE metrics.other (a UInt8) ENGINE = Memory',
      "SELECT * FROM url('http://127.0.0.1:1/', LineAsString)",
      "SELECT * FROM file('/etc/passwd', LineAsString)",
      "SELECT * FROM (SELECT * FROM file('/etc/passwd', LineAsString) SETTINGS readonly = 0)",
    ];
    for (const sql of attempts) expect((await failure(sql)).code).toBe(164);
    expect(await read('SELECT count() FROM numbers')).toBe(before);
  });

  it('is held to what its role may use, in ClickHouse’s numbers', async () => {
    const tight = (change: Partial<typeof limits>): Partial<QueryContext> => ({
      limits: { ...limits, ...change },
    });
    const many = 'SELECT count() FROM numbers(100000000000)';
    expect(await failure(many, tight({ seconds: 1 }))).toMatchObject({
      code: 159,
      codeName: 'TIMEOUT_EXCEEDED',
    });
    expect(await failure(many, tight({ rowsRead: 1000 }))).toMatchObject({
      code: 158,
      codeName: 'TOO_MANY_ROWS',
    });
    const large = 'SELECT groupArray(number) FROM numbers(30000000)';
    expect(await failure(large, tight({ memoryBytes: 50_000_000 }))).toMatchObject({ code: 241 });
    const long = 'SELECT number FROM numbers(1000)';
    expect(await failure(long, tight({ rowsReturned: 100 }))).toMatchObject({
      code: 396,
      codeName: 'TOO_MANY_ROWS_OR_BYTES',
    });
    const held = { ...tight({ resultBytes: 1000 }), format: 'Parquet' };
    expect(await failure(long, held)).toMatchObject({ code: 396 });
    expect((await read(long, tight({ resultBytes: 1000 }))).split('\n')).toHaveLength(1001);
  });

  it('waits neither for a slow reader nor for the writer', async () => {
    const slow = await test.served.run(admitted('SELECT number FROM numbers(100000000)'), context());
    await test.served.insert(inserting(['n']), context({ format: 'TSV' }), body('1000\n'));
    expect(await read('SELECT n FROM numbers WHERE n = 1000')).toBe('1000\n');
    await slow.chunks.return?.();
  });
});
