import {
  gunzipSync,
  gzipSync,
  deflateSync,
  brotliCompressSync,
  brotliDecompressSync,
  inflateSync,
} from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type CurlAnswer, curl as ask } from '../testing/curl.ts';
import { hasProgram } from '../testing/run-program.ts';
import { serveHttp } from '../testing/served-http.ts';

const served = serveHttp();
const curlIsHere = await hasProgram('curl');
const curl = (address: string, args?: readonly string[], input?: string | Buffer): Promise<CurlAnswer> =>
  ask(served, address, args, input);

const escape = (sql: string): string => encodeURIComponent(sql);

describe.runIf(curlIsHere)('curl: what an answer says about itself', () => {
  it('names format, query, time zone, server and summary', async () => {
    const { headers } = await curl('/?query_id=my-query', ['-d', 'SELECT number FROM numbers(10)']);
    expect(headers.get('x-clickhouse-query-id')).toBe('my-query');
    expect(headers.get('x-clickhouse-timezone')).toBe('UTC');
    expect(headers.get('x-clickhouse-server-display-name')).toBe('bellwether');
    expect(headers.get('x-clickhouse-exception-tag')).toMatch(/^[a-z]{16}$/);
    expect(JSON.parse(headers.get('x-clickhouse-summary')!)).toMatchObject({
      result_rows: '10',
      written_rows: '0',
    });
    expect(headers.get('content-length')).toBe('20');
  });

  it('says nothing of what it read where nobody knows: clients would take 0, or a part, for all of it', async () => {
    for (const sql of ['SELECT 1', 'SELECT sum(sipHash64(number)) > 0 FROM numbers(30000000)']) {
      const { headers } = await curl('/?send_progress_in_http_headers=1', ['-d', sql]);
      const summary = Object.keys(JSON.parse(headers.get('x-clickhouse-summary')!) as object);
      expect(summary).toEqual(['written_rows', 'written_bytes', 'result_rows', 'result_bytes', 'elapsed_ns']);
    }
  });

  it('gives a query an id of its own where the client gives none, or one that is no header', async () => {
    for (const address of ['/', '/?query_id=a%0d%0aX-Evil:1']) {
      const { headers } = await curl(address, ['-d', 'SELECT 1']);
      expect(headers.get('x-clickhouse-query-id')).toMatch(/^[\da-f-]{36}$/);
      expect(headers.has('x-evil')).toBe(false);
    }
  });

  it('tells how far it is while a query runs, when asked', async () => {
    const { headers, text, status } = await curl('/?send_progress_in_http_headers=1', [
      '-d',
      'SELECT sum(sipHash64(number)) > 0 FROM numbers(100000000)',
    ]);
    expect([status, text]).toEqual([200, '1\n']);
    expect(JSON.parse(headers.get('x-clickhouse-progress')!)).toHaveProperty('read_rows');
    expect(headers.get('x-clickhouse-format')).toBe('TabSeparated');
    expect(headers.has('x-clickhouse-summary')).toBe(true);
  });

  it('an error behind the first header of progress is still an error', async () => {
    const { headers, text } = await curl('/?send_progress_in_http_headers=1', [
      '-d',
      'SELECT intDiv(1, sum(sipHash64(number)) * 0) FROM numbers(100000000)',
    ]);
    expect(headers.has('x-clickhouse-progress')).toBe(true);
    expect(headers.get('x-clickhouse-exception-code')).toBe('153');
    expect(text).toMatch(/^Code: 153\. /);
  });

  it('no browser may run or keep what it says', async () => {
    const { headers } = await curl('/', ['-d', "SELECT '<script>' FORMAT XML"]);
    expect(headers.get('content-security-policy')).toContain('sandbox');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

describe.runIf(curlIsHere)('curl: packed', () => {
  const unpack = { gzip: gunzipSync, deflate: inflateSync, br: brotliDecompressSync };
  const pack = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };
  const codings = ['gzip', 'deflate', 'br'] as const;

  it.each(codings)('answers in %s, short ones and long ones', async (coding) => {
    for (const rows of [3, 400_000]) {
      const { headers, body } = await curl('/', [
        '-H',
        `Accept-Encoding: ${coding}`,
        '-d',
        `SELECT number FROM numbers(${rows})`,
      ]);
      expect(headers.get('content-encoding')).toBe(coding);
      const lines = unpack[coding](body).toString().trimEnd().split('\n');
      expect([lines.length, lines.at(-1)]).toEqual([rows, String(rows - 1)]);
    }
  });

  it('answers as it is where the client asks for no packing, or for one that is not there', async () => {
    for (const [address, coding] of [
      ['/?enable_http_compression=0', 'gzip'],
      ['/', 'zstd'],
      ['/', 'gzip;q=0'],
    ] as const) {
      const { headers, text } = await curl(address, ['-H', `Accept-Encoding: ${coding}`, '-d', 'SELECT 1']);
      expect([headers.has('content-encoding'), text]).toEqual([false, '1\n']);
    }
  });

  it('answers in blocks of ClickHouse’s own where the client wants these', async () => {
    const { headers, body } = await curl('/?compress=1', ['-d', 'SELECT 1']);
    // Checksum, LZ4, its size, the size of what is in it, two literals.
    expect([headers.get('x-clickhouse-format'), body.length]).toEqual(['TabSeparated', 28]);
    expect(body.subarray(16).toString('hex')).toBe('82' + '0c000000' + '02000000' + '20' + '310a');
    const failed = await curl('/?compress=1', ['-d', 'SELECT x']);
    expect(failed.text).toMatch(/^Code: 47\. /);
  });

  it.each(codings)('takes queries in %s', async (coding) => {
    const { text } = await curl(
      '/',
      ['-H', `Content-Encoding: ${coding}`, '--data-binary', '@-'],
      pack[coding]('SELECT 42'),
    );
    expect(text).toBe('42\n');
  });

  it('says what it cannot unpack', async () => {
    const zstd = await curl('/', ['-H', 'Content-Encoding: zstd', '-d', 'x']);
    expect([zstd.status, zstd.text.includes('NOT_IMPLEMENTED')]).toEqual([501, true]);
    const broken = await curl('/', ['-H', 'Content-Encoding: gzip', '-d', 'SELECT 1']);
    expect([broken.status, broken.headers.get('x-clickhouse-exception-code')]).toEqual([400, '354']);
    const cut = await curl(
      '/',
      ['-H', 'Content-Encoding: gzip', '--data-binary', '@-'],
      gzipSync('SELECT 1').subarray(0, -6),
    );
    expect(cut.status).toBe(400);
  });

  it('does not unpack a bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, ' '));
    const { status, headers } = await curl(
      '/',
      ['-H', 'Content-Encoding: gzip', '--data-binary', '@-'],
      Buffer.concat([gzipSync('INSERT INTO ops.truncations (repo) FORMAT TSV\n'), bomb]),
    );
    expect([status, headers.get('x-clickhouse-exception-code')]).toEqual([413, '229']);
  });
});

describe.runIf(curlIsHere)('curl: inserts', () => {
  const count = async (repo: string): Promise<string> =>
    (await curl('/', ['-d', `SELECT count() FROM ops.truncations WHERE repo = '${repo}'`])).text.trim();

  it.each([
    [
      'the statement in the address, rows in the body',
      `/?query=${escape('INSERT INTO ops.truncations (repo, entity) FORMAT JSONEachRow')}`,
      (repo: string) => `{"repo":"${repo}","entity":"1"}\n{"repo":"${repo}","entity":"2"}\n`,
    ],
    [
      'all of it in the body',
      '/',
      (repo: string) =>
        `INSERT INTO ops.truncations (repo, entity) FORMAT CSV\n"${repo}","1"\n"${repo}","2"\n`,
    ],
    [
      'VALUES in the body',
      '/',
      (repo: string) =>
        `INSERT INTO ops.truncations (repo, entity) VALUES ('${repo}', '1'), ('${repo}', '2')`,
    ],
    [
      'VALUES behind the address',
      `/?query=${escape('INSERT INTO ops.truncations (repo, entity) VALUES')}`,
      (repo: string) => `('${repo}', '1'), ('${repo}', '2')`,
    ],
  ])('%s', async (name, address, body) => {
    const repo = name.replaceAll(/\W/g, '');
    const { status, headers, text } = await curl(address, ['--data-binary', '@-'], body(repo));
    expect([status, text]).toEqual([200, '']);
    expect(JSON.parse(headers.get('x-clickhouse-summary')!)).toMatchObject({ written_rows: '2' });
    expect(await count(repo)).toBe('2');
  });

  it('a body that is broken stores nothing and says where', async () => {
    const { status, text } = await curl(
      `/?query=${escape('INSERT INTO ops.truncations (repo, _version) FORMAT JSONEachRow')}`,
      ['--data-binary', '@-'],
      '{"repo":"broken","_version":1}\n{"repo":"broken","_version":"x"}\n',
    );
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text).toMatch(/^Code: \d+\. DB::Exception: /);
    expect(await count('broken')).toBe('0');
  });

  it('who may not write does not', async () => {
    const { status, headers } = await curl('/', [
      '-u',
      'reader:secret',
      '-d',
      "INSERT INTO ops.truncations (repo) VALUES ('no')",
    ]);
    expect([status, headers.get('x-clickhouse-exception-code')]).toEqual([403, '497']);
    expect(await count('no')).toBe('0');
  });
});
