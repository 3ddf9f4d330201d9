import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { RawConnection } from '../testing/raw-connection.ts';
import { serveHttp } from '../testing/served-http.ts';
import { ByteCursor } from './byte-cursor.ts';

const Exchange = z.object({
  query: z.string(),
  request: z.base64(),
  status: z.number(),
  headers: z.record(z.string(), z.string()),
  isVolatile: z.boolean(),
  body: z.base64().optional(),
  bodyLength: z.number().optional(),
  bodySha256: z.string().optional(),
  columns: z.number().optional(),
  firstColumn: z.tuple([z.string(), z.string()]).optional(),
  error: z.string().optional(),
});
const { exchanges } = z
  .object({ exchanges: z.array(Exchange) })
  .parse(
    JSON.parse(readFileSync(new URL('fixtures/clickhouse-go/conversation.json', import.meta.url), 'utf8')),
  );

const served = serveHttp({
  authenticate: async (credentials) => {
    // Of the recording.
    expect(credentials).toEqual({ name: 'grafana', password: 'secret' });
    return { name: 'grafana', role: 'operator' };
  },
});

/** Sends bytes as they are and takes the answer apart: no HTTP library stands between. */
async function exchange(
  request: Buffer,
): Promise<{ status: number; headers: Map<string, string>; body: Buffer }> {
  const connection = await RawConnection.open(served.port);
  connection.socket.write(request);
  const isWhole = (text: string): boolean => {
    const end = text.indexOf('\r\n\r\n');
    if (end < 0) return false;
    const length = /^content-length: (\d+)\r$/im.exec(text.slice(0, end + 2))?.[1];
    return length === undefined ? text.endsWith('0\r\n\r\n') : text.length >= end + 4 + Number(length);
  };
  await connection.until(isWhole);
  connection.socket.destroy();
  const end = connection.text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = connection.text.slice(0, end).split('\r\n');
  const headers = new Map(
    lines.map((line) => {
      const [name = '', value = ''] = line.split(/: (.*)/);
      return [name.toLowerCase(), value];
    }),
  );
  const raw = connection.received.subarray(end + 4);
  const packed = headers.get('transfer-encoding') === 'chunked' ? unchunked(raw) : raw;
  const coding = headers.get('content-encoding');
  const body =
    coding === 'gzip' ? gunzipSync(packed) : coding === 'br' ? brotliDecompressSync(packed) : packed;
  return { status: Number(first.split(' ')[1]), headers, body };
}

function unchunked(bytes: Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; ;) {
    const line = bytes.indexOf('\r\n', at);
    const length = parseInt(bytes.toString('latin1', at, line), 16);
    if (length === 0) return Buffer.concat(pieces);
    pieces.push(bytes.subarray(line + 2, line + 2 + length));
    at = line + 2 + length + 2;
  }
}

describe('clickhouse-go, as it was recorded', () => {
  it.each(exchanges)('$query', async (recorded) => {
    const { status, headers, body } = await exchange(Buffer.from(recorded.request, 'base64'));
    expect(status).toBe(recorded.status);
    expect(
      Object.fromEntries(Object.keys(recorded.headers).map((name) => [name, headers.get(name)])),
    ).toEqual(recorded.headers);
    if (recorded.error !== undefined) expect(body.toString().startsWith(recorded.error)).toBe(true);
    if (recorded.body !== undefined) expect(body.toString('base64')).toBe(recorded.body);
    if (recorded.bodySha256 !== undefined) {
      expect(body.length).toBe(recorded.bodyLength);
      expect(createHash('sha256').update(body).digest('hex')).toBe(recorded.bodySha256);
    }
    if (recorded.firstColumn) {
      expect(body.subarray(0, 8)).toEqual(Buffer.from([1, 0, 2, 255, 255, 255, 255, 0]));
      const cursor = new ByteCursor(body, 8);
      expect(cursor.varint()).toBe(recorded.columns);
      expect(cursor.varint()).toBeGreaterThan(0);
      expect([cursor.string(), cursor.string(), body[cursor.at]]).toEqual([...recorded.firstColumn, 0]);
    }
  });
});
