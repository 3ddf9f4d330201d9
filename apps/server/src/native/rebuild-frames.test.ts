import { describe, expect, it } from 'vitest';
import { serveHttp } from '../testing/served-http.ts';
import { ByteCursor } from './byte-cursor.ts';
import { parseType } from './parse-type.ts';
import { rebuildFrames } from './rebuild-frames.ts';
import { walkColumn } from './walk-column.ts';

const served = serveHttp();

async function native(sql: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of served.warehouse.warehouse.queryText(sql, 'Native')) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function* crumbs(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function rebuilt(chunks: AsyncIterable<Uint8Array>, version: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of rebuildFrames(chunks, version)) pieces.push(piece);
  return Buffer.concat(pieces);
}

const EXPRESSIONS = [
  ...[
    'toInt8(number)',
    'toUInt256(number)',
    'toFloat32(number)',
    'toBFloat16(number)',
    'number % 2 = 0',
    'true',
  ],
  ...[
    'toDecimal32(number, 2)',
    'toDecimal64(number, 2)',
    'toDecimal128(number, 2)',
    'toDecimal256(number, 2)',
  ],
  ...["repeat('x', number * 50)", "toFixedString('abc', 7)", "'ünïcödé \\0 zero'"],
  ...['toDate(number)', 'toDate32(number)', 'toDateTime(number)', "toDateTime64(number, 6, 'Asia/Tokyo')"],
  ...['toTime(number)', 'toTime64(number, 3)', 'INTERVAL number DAY', 'toIntervalNanosecond(number)'],
  ...['generateUUIDv4()', "toIPv4('1.2.3.4')", "toIPv6('::1')"],
  ...[
    "CAST(number % 2, 'Enum8(\\'a, (b)\\' = 0, \\'it\\\\\\'s\\' = 1)')",
    "CAST('x', 'Enum16(\\'x\\' = 1000)')",
  ],
  ...['NULL', '[]', '[NULL]', 'if(number % 2 = 0, NULL, number)', "if(number % 2 = 0, NULL, 'some')"],
  ...['range(number)', '[range(number), []]', "arrayMap(x -> if(x = 1, NULL, 'a'), range(number))"],
  ...["map('a', number)", 'map()', 'map(number, [number])', "(number, 'b', [1])", 'tuple()', '[tuple()]'],
  ...[
    "CAST((1, 'b'), 'Tuple(a UInt8, `b c` String)')",
    "CAST([(1, ['b'])], 'Nested(a UInt8, b Array(String))')",
  ],
  ...['toLowCardinality(toString(number))', 'toLowCardinality(toNullable(toString(number)))'],
  ...[
    "CAST([], 'Array(LowCardinality(String))')",
    "CAST(arrayMap(x -> toString(x), range(number)), 'Array(LowCardinality(String))')",
  ],
  ...["CAST(map('k', number), 'Map(LowCardinality(String), LowCardinality(Nullable(String)))')"],
  ...["CAST(('x', ['y']), 'Tuple(a LowCardinality(String), b Array(LowCardinality(String)))')"],
  ...[
    '(1., 2.)::Point',
    '[(1., 2.)]::Ring',
    '[[(1., 2.)]]::Polygon',
    '[[[(1., 2.)]]]::MultiPolygon',
    '[(1., 2.)]::LineString',
  ],
  ...[
    "CAST(number, 'SimpleAggregateFunction(sum, UInt64)')",
    "CAST([1], 'SimpleAggregateFunction(groupArrayArray, Array(UInt8))')",
  ],
];

describe('the end of every column is found', () => {
  it.each(EXPRESSIONS)('%s', async (expression) => {
    for (const rows of [1, 7]) {
      const bytes = await native(`SELECT ${expression} AS v, 'end' AS e FROM numbers(${rows})`);
      const cursor = new ByteCursor(bytes);
      expect([cursor.varint(), cursor.varint()]).toEqual([2, rows]);
      expect(cursor.string()).toBe('v');
      const type = cursor.string();
      walkColumn(cursor, parseType(type), rows);
      // Had it walked too far or not far enough, the next column would not stand here.
      expect([cursor.string(), cursor.string()]).toEqual(['e', 'String']);
    }
  });

  it('of many blocks, too', async () => {
    const bytes = await native('SELECT toString(number) AS v, number AS e FROM numbers(200000)');
    const all = await rebuilt(crumbs(bytes, bytes.length), 54_460);
    expect(all.length).toBeGreaterThan(bytes.length);
  });
});

describe('blocks are rebuilt', () => {
  it('byte by byte as the protocol has it', async () => {
    const plain = await native("SELECT toUInt8(7) AS n, 'ab' AS s");
    // 2 columns, 1 row; n UInt8 = 7; s String = 'ab'
    expect(plain.toString('hex')).toBe(
      '020101' + '6e05' + '55496e7438' + '07' + '0173' + '06537472696e67' + '026162',
    );
    const info = '010002ffffffff00';
    expect((await rebuilt(crumbs(plain, 99), 54_460)).toString('hex')).toBe(
      `${info}020101` + '6e05' + '55496e7438' + '00' + '07' + '0173' + '06537472696e67' + '00' + '026162',
    );
    expect((await rebuilt(crumbs(plain, 99), 54_405)).toString('hex')).toBe(
      `${info}${plain.toString('hex')}`,
    );
  });

  it('however the pieces are cut', async () => {
    const bytes = await native(
      'SELECT number, toString(number) AS s, toLowCardinality(s) AS l, range(number % 3) AS a, if(number % 2 = 0, NULL, s) AS m FROM numbers(70000)',
    );
    const whole = await rebuilt(crumbs(bytes, bytes.length), 54_460);
    for (const size of [65_536, 1_000_003]) {
      expect((await rebuilt(crumbs(bytes, size), 54_460)).equals(whole)).toBe(true);
    }
    const short = await native('SELECT number, toString(number) AS s FROM numbers(50)');
    const rebuiltShort = await rebuilt(crumbs(short, short.length), 54_460);
    expect((await rebuilt(crumbs(short, 1), 54_460)).equals(rebuiltShort)).toBe(true);
  });

  it('a result that ends within a block is not passed off as whole', async () => {
    const bytes = await native('SELECT number FROM numbers(10)');
    await expect(rebuilt(crumbs(bytes.subarray(0, -1), 16), 54_460)).rejects.toThrow('ends within a block');
  });
});

describe('what cannot be walked is refused by its name', () => {
  it.each([
    ["CAST('{}', 'JSON')", 'JSON'],
    ["CAST(1, 'Dynamic')", 'Dynamic'],
    ["CAST(1, 'Variant(UInt8, String)')", 'Variant(String, UInt8)'],
    ['sumState(number)', 'AggregateFunction(sum, UInt64)'],
    ["[CAST(1, 'Dynamic')]", 'Array(Dynamic)'],
  ])('%s', async (expression, type) => {
    const bytes = await native(`SELECT ${expression} AS v FROM numbers(1)`);
    const inner = type.replace(/^Array\((.*)\)$/, '$1');
    await expect(rebuilt(crumbs(bytes, bytes.length), 54_460)).rejects.toMatchObject({
      code: 48,
      codeName: 'NOT_IMPLEMENTED',
      message: expect.stringContaining(inner),
    });
  });

  it.each([
    '',
    '(',
    'Array(',
    'Array()',
    'Array(String',
    'Tuple(a)',
    'Map(String)',
    'FixedString(-1)',
    'Decimal(x)',
    'Nonsense',
    'constructor',
    '__proto__',
    `${'Array('.repeat(5_000)}String${')'.repeat(5_000)}`,
  ])('a type that is none: %#', (text) => {
    expect(() => parseType(text)).toThrow('cannot be sent in Native');
  });
});
