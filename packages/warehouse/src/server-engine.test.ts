import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { BellwetherError } from '@bellwether/core';
import { afterEach, describe, expect, it } from 'vitest';
import { openWarehouse } from './open-warehouse.ts';
import { cursors } from './tables/index.ts';

/**
 * No ClickHouse server runs here. A loopback server stands in for its HTTP interface where that is about the way there:
 * who is let in, and what a request carries. What the SQL does is tested on the embedded engine.
 */
interface Request {
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
}

let server: Server | undefined;
afterEach(() => void server?.close());

async function standIn(answer: (request: Request, response: ServerResponse) => void): Promise<string> {
  const made = createServer((incoming, response) => {
    void text(incoming).then((body) => {
      const url = new URL(incoming.url ?? '', 'http://localhost');
      answer({ url, headers: incoming.headers, body }, response);
    });
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((made.address() as AddressInfo).port)}`;
}

const refuse = (status: number, code: number, message: string) => (_: Request, response: ServerResponse) => {
  response.writeHead(status, { 'X-ClickHouse-Exception-Code': String(code) });
  response.end(`Code: ${String(code)}. DB::Exception: ${message}`);
};

async function failure(promise: Promise<unknown>): Promise<BellwetherError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(BellwetherError);
  return error as BellwetherError;
}

const SECRET = 'correct-horse';

describe('a server that cannot be used is said so, without its password:', () => {
  const everything = (error: BellwetherError): string =>
    JSON.stringify([error.message, error.next, error.stack, String(error.cause)]);

  it.each([
    [
      'does not know the account',
      403,
      516,
      'default: Authentication failed: password is incorrect. (AUTHENTICATION_FAILED)',
    ],
    ['does not know the account (older)', 401, 193, 'Wrong password for user x (WRONG_PASSWORD)'],
    ['does not allow it', 403, 497, 'x: Not enough privileges. (ACCESS_DENIED)'],
  ])('it %s', async (_, status, code, message) => {
    const url = await standIn(refuse(status, code, message));
    const error = await failure(openWarehouse({ url, user: 'reader', password: SECRET }));
    expect(error).toMatchObject({ code: 'server-auth', exitCode: 3, retry: 'no' });
    expect(error.next).toContain('BELLWETHER_CLICKHOUSE_PASSWORD');
    expect(everything(error)).not.toContain(SECRET);
  });

  it('it is not there', async () => {
    const url = await standIn(() => {});
    server?.close();
    const error = await failure(openWarehouse({ url, password: SECRET }));
    expect(error).toMatchObject({ code: 'server-unreachable', exitCode: 1, retry: 'later' });
    expect(error.message).toContain('127.0.0.1');
    expect(everything(error)).not.toContain(SECRET);
  });

  it('its name means nothing', async () => {
    const error = await failure(openWarehouse({ url: 'http://clickhouse.invalid:8123' }));
    expect(error).toMatchObject({ code: 'server-unreachable' });
  });

  it('it hangs up', async () => {
    const url = await standIn((_, response) => void response.destroy());
    expect(await failure(openWarehouse({ url }))).toMatchObject({ code: 'server-unreachable' });
  });

  it('it has too much to do', async () => {
    const url = await standIn(
      refuse(500, 252, 'Too many parts (3000). Merges are processing slower than inserts. (TOO_MANY_PARTS)'),
    );
    expect(await failure(openWarehouse({ url }))).toMatchObject({ code: 'server-busy', retry: 'later' });
  });

  it('it is full', async () => {
    const url = await standIn(
      refuse(500, 243, 'Cannot reserve 1.00 MiB, not enough space. (NOT_ENOUGH_SPACE)'),
    );
    expect(await failure(openWarehouse({ url }))).toMatchObject({ code: 'disk-full', retry: 'later' });
  });

  it.each([
    `http://reader:${SECRET}@localhost:8123`,
    `http://reader@localhost:8123`,
    `http://localhost:8123/?user=reader&password=${SECRET}`,
  ])('credentials in its address are refused', async (url) => {
    const error = await failure(openWarehouse({ url }));
    expect(error).toMatchObject({ code: 'url-credentials', exitCode: 2 });
    expect(error.next).toContain('BELLWETHER_CLICKHOUSE_USER');
    expect(everything(error)).not.toMatch(/correct-horse|reader/);
  });

  it('its address is none', async () => {
    expect(await failure(openWarehouse({ url: 'localhost' }))).toMatchObject({ code: 'url-invalid' });
  });
});

describe('a request', () => {
  it('carries its settings with it, and rows as they are', async () => {
    const requests: Request[] = [];
    const url = await standIn((request, response) => {
      requests.push(request);
      response.end(
        request.body.includes('max(_version)') || request.url.search.includes('max')
          ? '["version"]\n["UInt64"]\n[0]\n'
          : '1\n',
      );
    });
    const warehouse = await openWarehouse({ url, user: 'writer', password: SECRET });
    await warehouse.insert(cursors, [{ source: 'ü', stream: 's', key: 'k', cursor: '1' }], { version: 5 });
    await warehouse.close();
    const insert = requests.at(-1);
    expect(insert?.body).toBe('["ü","s","k","1",5,0]\n');
    const sent = Object.fromEntries(insert?.url.searchParams ?? []);
    expect(sent['query']).toBe(
      'INSERT INTO ops.cursors (source, stream, key, cursor, _version, _deleted) FORMAT JSONCompactEachRow',
    );
    expect(sent).toMatchObject({
      async_insert: '0',
      wait_end_of_query: '1',
      input_format_null_as_default: '0',
      input_format_parallel_parsing: '0',
    });
    expect(insert?.url.search).not.toContain(SECRET);
  });

  it('of a reader is read-only and limited', async () => {
    const requests: Request[] = [];
    const url = await standIn((request, response) => {
      requests.push(request);
      response.end('["a"]\n["UInt8"]\n[1]\n');
    });
    const warehouse = await openWarehouse({ url }, { readOnly: true });
    expect(await warehouse.query('SELECT {a:UInt8} AS a', { a: 1 })).toEqual([{ a: 1 }]);
    expect(Object.fromEntries(requests.at(-1)?.url.searchParams ?? [])).toMatchObject({
      readonly: '1',
      max_execution_time: '300',
      max_memory_usage: String(2 * 1024 ** 3),
      database: 'system',
      param_a: '1',
    });
    await expect(warehouse.command('DROP TABLE ops.cursors')).rejects.toThrow('reading only');
    await expect(
      warehouse.insert(cursors, [{ source: '', stream: '', key: '', cursor: '' }], { version: 1 }),
    ).rejects.toThrow('reading only');
    await warehouse.close();
  });
});
