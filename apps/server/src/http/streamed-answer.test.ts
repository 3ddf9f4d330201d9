import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { RawConnection } from '../testing/raw-connection.ts';
import { serveHttp } from '../testing/served-http.ts';

const served = serveHttp({ wire: { readerIdleSeconds: 1 } });
const AUTHORIZATION = `Basic ${Buffer.from('operator:secret').toString('base64')}`;

interface Received {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  /** Whether the body came to its proper end. */
  isComplete: boolean;
}

function ask(parameters: string, sql: string, headers: Record<string, string> = {}): Promise<Received> {
  return new Promise((resolve, reject) => {
    const asked = request(
      `${served.url}/?${parameters}`,
      { method: 'POST', headers: { Authorization: AUTHORIZATION, ...headers }, agent: false },
      (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('error', () => undefined);
        response.once('close', () =>
          resolve({
            status: response.statusCode!,
            headers: response.headers,
            body: Buffer.concat(pieces),
            isComplete: response.complete,
          }),
        );
      },
    );
    asked.once('error', reject);
    asked.end(sql);
  });
}

/** Fails in its three millionth row, long after the first megabyte of the result. */
const FAILS_LATE = 'SELECT number, intDiv(1, 3000000 - number) FROM numbers(10000000)';
const MESSAGE = /Code: 153\. DB::Exception: [^\n]*\(ILLEGAL_DIVISION\) \(version [\d.]+\)\n/;

it('no client can take half a result for a whole one', async () => {
  const { status, headers, body, isComplete } = await ask('query_id=late', FAILS_LATE);
  expect([status, isComplete]).toEqual([200, false]);
  const tag = headers['x-clickhouse-exception-tag'] as string;
  const text = body.toString();
  const block = text.slice(text.indexOf('\r\n__exception__\r\n'));
  const [, message = '', length] =
    new RegExp(`^\\r\\n__exception__\\r\\n${tag}\\r\\n([^]*\\n)(\\d+) ${tag}\\r\\n__exception__\\r\\n$`).exec(
      block,
    ) ?? [];
  expect(message).toMatch(MESSAGE);
  expect(Number(length)).toBe(Buffer.byteLength(message));
  const record = await served.recorded(({ error }) => error?.code === 153);
  expect(record).toMatchObject({ status: 200, hungUp: false, route: 'query', format: 'TabSeparated' });
});

it('nor when it is packed: what came can be unpacked, and tells', async () => {
  const { headers, body, isComplete } = await ask('', FAILS_LATE, { 'Accept-Encoding': 'gzip' });
  expect([isComplete, headers['content-encoding']]).toEqual([false, 'gzip']);
  const text = gunzipSync(body).toString();
  expect(text).toMatch(MESSAGE);
  expect(text.endsWith(`${String(headers['x-clickhouse-exception-tag'])}\r\n__exception__\r\n`)).toBe(true);
});

it('wait_end_of_query tells a failure with its status and without a row', async () => {
  const { status, headers, body, isComplete } = await ask(
    'wait_end_of_query=1',
    'SELECT number, intDiv(1, 400000 - number) FROM numbers(1000000)',
  );
  expect([status, isComplete, headers['x-clickhouse-exception-code']]).toEqual([500, true, '153']);
  expect(body.toString()).toMatch(/^Code: 153\./);
});

it('wait_end_of_query has an end where the memory of a result has one', async () => {
  const { status, body } = await ask('wait_end_of_query=1', 'SELECT number FROM numbers(10000000)');
  expect([status, body.toString().includes('TOO_MANY_ROWS_OR_BYTES')]).toEqual([500, true]);
});

it('what is held back to its end has a length and a final summary', async () => {
  const { headers, isComplete, body } = await ask(
    'wait_end_of_query=1',
    'SELECT number FROM numbers(1000000)',
  );
  expect(isComplete).toBe(true);
  expect(headers['content-length']).toBe(String(body.length));
  expect(JSON.parse(headers['x-clickhouse-summary'] as string)).toMatchObject({ result_rows: '1000000' });
});

it('buffer_size holds so much back', async () => {
  const sql = 'SELECT number FROM numbers(400000)';
  const at = (size: number): Promise<Received> => ask(`buffer_size=${size}`, sql);
  expect((await at(0)).headers['transfer-encoding']).toBe('chunked');
  expect((await at(4_000_000)).headers['content-length']).toBeDefined();
});

it('HTTP/1.0 knows no chunks, so it gets results that are whole, or none', async () => {
  const failing = await RawConnection.open(served.port);
  const from = (sql: string): string =>
    `POST / HTTP/1.0\r\nAuthorization: ${AUTHORIZATION}\r\nContent-Length: ${sql.length}\r\n\r\n${sql}`;
  failing.socket.write(from('SELECT number, intDiv(1, 400000 - number) FROM numbers(1000000)'));
  expect(await failing.closed()).toMatch(/^HTTP\/1\.[01] 500 /);
  const whole = await RawConnection.open(served.port);
  whole.socket.write(from('SELECT number FROM numbers(400000)'));
  expect(await whole.closed()).toMatch(/^HTTP\/1\.[01] 200 [^]*Content-Length: 2688890\r\n[^]*\n399999\n$/);
});

it('a reader that takes nothing holds the query up, and then loses it', async () => {
  const reader = await RawConnection.open(served.port);
  const sql = "SELECT number, 'slow reader' FROM numbers(100000000)";
  reader.socket.write(
    `POST / HTTP/1.1\r\nHost: x\r\nAuthorization: ${AUTHORIZATION}\r\nContent-Length: ${sql.length}\r\n\r\n${sql}`,
  );
  await reader.until((text) => text.length > 100_000);
  reader.socket.pause();
  const record = await served.recorded(({ statement }) => statement?.includes('slow reader') ?? false);
  expect(served.refusals).toContain('reader-too-slow');
  expect(record.hungUp).toBe(true);
  // Of two gigabytes: what the system keeps for a connection, and what was on its way.
  expect(record.bytesSent).toBeLessThan(64 * 1024 * 1024);
  reader.socket.destroy();
});

it('a client that hangs up has its query ended', async () => {
  const client = await RawConnection.open(served.port);
  const sql = "SELECT sum(sipHash64(number)), 'hang up' FROM numbers(9000000000)";
  client.socket.write(
    `POST / HTTP/1.1\r\nHost: x\r\nAuthorization: ${AUTHORIZATION}\r\nContent-Length: ${sql.length}\r\n\r\n${sql}`,
  );
  const running = async (): Promise<number> => {
    const [row] = await served.warehouse.warehouse.query<{ n: number }>(
      "SELECT count() AS n FROM system.processes WHERE query LIKE '%hang up%' AND query NOT LIKE '%processes%'",
    );
    return row!.n;
  };
  while ((await running()) === 0);
  client.socket.destroy();
  const record = await served.recorded(({ statement }) => statement?.includes('hang up') ?? false);
  expect(record).toMatchObject({ status: 499, hungUp: true });
  while ((await running()) > 0);
});
