import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { RawConnection } from '../testing/raw-connection.ts';
import { serveHttp } from '../testing/served-http.ts';

const MIB = 1024 * 1024;
const served = serveHttp({
  wire: {
    connections: 100,
    headerSeconds: 1,
    headerBytes: 64 * 1024,
    bodyIdleSeconds: 1,
    pipelined: 8,
    lingerBytes: 4 * MIB,
  },
});
const LOGIN = `Host: x\r\nAuthorization: Basic ${Buffer.from('operator:secret').toString('base64')}\r\n`;

async function say(bytes: string): Promise<RawConnection> {
  const connection = await RawConnection.open(served.port);
  connection.socket.write(bytes);
  return connection;
}

async function isWell(): Promise<boolean> {
  const response = await fetch(`${served.url}/ping`);
  return (await response.text()) === 'Ok.\n';
}

describe('what is no HTTP', () => {
  it.each([
    ['noise', '\x00\x01\x02\xff\xfe\r\n\r\n'],
    ["TLS's first words", '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['a method that is none', 'FETCH? / HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a version that is none', 'GET / HTTP/9.9\r\nHost: x\r\n\r\n'],
    ['no host', 'GET /ping HTTP/1.1\r\n\r\n'],
    ['a header without a colon', 'GET /ping HTTP/1.1\r\nHost x\r\n\r\n'],
    ['a folded header', 'GET /ping HTTP/1.1\r\nHost: x\r\nX-A: 1\r\n 2\x00\r\n\r\n'],
    ['two lengths', `POST / HTTP/1.1\r\n${LOGIN}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd`],
    [
      'a length and chunks',
      `POST / HTTP/1.1\r\n${LOGIN}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['a length below nothing', `POST / HTTP/1.1\r\n${LOGIN}Content-Length: -1\r\n\r\n`],
    ['a chunk of nonsense', `POST / HTTP/1.1\r\n${LOGIN}Transfer-Encoding: chunked\r\n\r\nzz\r\n`],
  ])('%s: 400 and the end of the connection', async (_, bytes) => {
    const connection = await say(bytes);
    expect(await connection.closed()).toMatch(/^(?:HTTP\/1\.1 400 Bad Request\r\n|$)/);
    expect(await isWell()).toBe(true);
  });

  it('headers without end', async () => {
    const connection = await say(`GET /ping HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(70_000)}`);
    expect(await connection.closed()).toMatch(/^HTTP\/1\.1 431 /);
    expect(served.refusals).toContain('headers-too-large');
  });

  it('an address without end', async () => {
    const connection = await say(`GET /?query=${'1'.repeat(70_000)}`);
    expect(await connection.closed()).toMatch(/^HTTP\/1\.1 431 /);
  });
});

describe('what takes its time', () => {
  it('half a request, and then nothing', async () => {
    const connection = await say('GET /ping HTTP/1.1\r\nHost: x\r\nX-Half');
    expect(await connection.closed()).toMatch(/^HTTP\/1\.1 408 /);
    expect(served.refusals).toContain('headers-too-slow');
  });

  it('headers letter by letter', async () => {
    const connection = await RawConnection.open(served.port);
    const drip = setInterval(() => connection.socket.write('X-A: 1\r\n'), 50);
    connection.socket.write('GET /ping HTTP/1.1\r\nHost: x\r\n');
    expect(await connection.closed()).toMatch(/^HTTP\/1\.1 408 /);
    clearInterval(drip);
  });

  it('a connection that says nothing at all', async () => {
    const connection = await RawConnection.open(served.port);
    expect(await connection.closed()).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('half a body, and then nothing', async () => {
    const connection = await say(`POST / HTTP/1.1\r\n${LOGIN}Content-Length: 100\r\n\r\nSELECT`);
    const text = await connection.closed();
    expect(text).toMatch(/^HTTP\/1\.1 503 /);
    expect(text).toContain('(SOCKET_TIMEOUT)');
  });

  it('half an insert, and then nothing: nothing is stored', async () => {
    const connection = await say(
      `POST /?query=INSERT+INTO+ops.truncations+(repo)+FORMAT+TSV HTTP/1.1\r\n${LOGIN}Content-Length: 100\r\n\r\nhalf\n`,
    );
    expect(await connection.closed()).toContain('(SOCKET_TIMEOUT)');
    const [row] = await served.warehouse.warehouse.query<{ n: number }>(
      'SELECT count() AS n FROM ops.truncations',
    );
    expect(row!.n).toBe(0);
  });

  it('half an insert, and then a broken line: nothing is stored', async () => {
    const connection = await say(
      `POST /?query=INSERT+INTO+ops.truncations+(repo)+FORMAT+TSV HTTP/1.1\r\n${LOGIN}Content-Length: 100\r\n\r\nhalf\n`,
    );
    connection.socket.end();
    await served.recorded(({ kind, hungUp }) => kind === 'insert' && hungUp);
    const [row] = await served.warehouse.warehouse.query<{ n: number }>(
      'SELECT count() AS n FROM ops.truncations',
    );
    expect(row!.n).toBe(0);
  });
});

describe('what is too much', () => {
  /** Writes until the other side has had enough. */
  async function pour(
    head: string,
    frame: (piece: string) => string,
    total: number,
  ): Promise<{ text: string; sent: number }> {
    const connection = await say(head);
    const piece = frame(`${'x'.repeat(65_535)}\n`);
    let sent = 0;
    while (sent < total && !connection.isClosed && connection.socket.writable) {
      sent += 65_536;
      if (!connection.socket.write(piece)) {
        await new Promise<void>((resolve) => {
          const goOn = (): void => {
            connection.socket.off('drain', goOn).off('close', goOn);
            resolve();
          };
          connection.socket.once('drain', goOn).once('close', goOn);
        });
      }
    }
    return { text: await connection.closed(), sent };
  }

  it('a body of a gigabyte that says so is refused before it comes', async () => {
    const { text, sent } = await pour(
      `POST / HTTP/1.1\r\n${LOGIN}Content-Length: 1000000000\r\n\r\n`,
      (piece) => piece,
      1e9,
    );
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
    expect(text).toContain('(QUERY_IS_TOO_LARGE)');
    expect(sent).toBeLessThan(32 * MIB);
  });

  it('one that does not say so is refused at the limit', async () => {
    const { text, sent } = await pour(
      `POST /?query=INSERT+INTO+ops.truncations+(repo)+FORMAT+TSV HTTP/1.1\r\n${LOGIN}Transfer-Encoding: chunked\r\n\r\n`,
      (piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`,
      1e9,
    );
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
    expect(sent).toBeLessThan(96 * MIB);
    const [row] = await served.warehouse.warehouse.query<{ n: number }>(
      'SELECT count() AS n FROM ops.truncations',
    );
    expect(row!.n).toBe(0);
  });

  it('a statement of a hundred megabytes is refused as too long', async () => {
    const { text } = await pour(
      `POST / HTTP/1.1\r\n${LOGIN}Content-Length: 20000000\r\n\r\nSELECT '`,
      (piece) => piece,
      2e7,
    );
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text).toContain('Max query size exceeded');
  });

  it('a body of a stranger is not asked for', async () => {
    const connection = await say(
      'POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1000000\r\n\r\n',
    );
    const text = await connection.until((seen) => seen.includes('\r\n\r\n'));
    expect(text).toMatch(/^HTTP\/1\.1 401 /);
    connection.socket.destroy();
    const known = await say(`POST / HTTP/1.1\r\n${LOGIN}Expect: 100-continue\r\nContent-Length: 8\r\n\r\n`);
    expect(await known.until((seen) => seen.includes('\r\n\r\n'))).toMatch(/^HTTP\/1\.1 100 Continue\r\n/);
    known.socket.write('SELECT 1');
    expect(await known.until((seen) => seen.endsWith('\r\n\r\n1\n'))).toContain('HTTP/1.1 200 OK');
    known.socket.destroy();
  });

  it('two thousand connections: some are refused, nobody falls over', async () => {
    const connections: RawConnection[] = [];
    // A hundred at once, because the system loses connections that nobody takes up in time.
    while (connections.length < 2_000) {
      connections.push(
        ...(await Promise.all(Array.from({ length: 100 }, () => RawConnection.open(served.port)))),
      );
    }
    await Promise.all(connections.map((connection) => connection.closed()));
    expect(served.refusals.filter((reason) => reason === 'too-many-connections').length).toBeGreaterThan(
      1_000,
    );
    expect(await isWell()).toBe(true);
  });
});

describe('requests sent ahead', () => {
  const query = (sql: string): string =>
    `POST / HTTP/1.1\r\n${LOGIN}Content-Length: ${sql.length}\r\n\r\n${sql}`;

  it('are answered in their order', async () => {
    const connection = await say(['SELECT 11', 'SELECT 22', 'SELECT 33'].map(query).join(''));
    const text = await connection.until((seen) => seen.endsWith('33\n'));
    expect([...text.matchAll(/\r\n\r\n(\d+)\n/g)].map(([, body]) => body)).toEqual(['11', '22', '33']);
    connection.socket.destroy();
  });

  it('too many of them end the connection', async () => {
    const connection = await say(query('SELECT 1').repeat(100));
    await connection.closed();
    expect(served.refusals).toContain('pipeline-too-long');
    expect(await isWell()).toBe(true);
  });

  it('a refused request does not spoil the next one', async () => {
    const connection = await say(`${query('SELEC 1')}${query('SELECT 2')}`);
    const text = await connection.until((seen) => seen.endsWith('2\n'));
    expect(text).toMatch(/^HTTP\/1\.1 400 [^]*HTTP\/1\.1 200 OK/);
    connection.socket.destroy();
  });
});
