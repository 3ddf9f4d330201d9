import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { admitted, body, context, inserting, refusal, textOf } from '../../test/served-warehouse.ts';
import { openServedWarehouse } from './open-served-warehouse.ts';
import type { ServedWarehouse } from './served-warehouse.ts';

/**
 * No ClickHouse server runs here. A loopback server stands in for its HTTP interface: these tests are about what a
 * request carries and what becomes of an answer. What the SQL does is tested on the embedded engine.
 */
interface Request {
  query: string;
  params: URLSearchParams;
  database: string | undefined;
}

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

async function inFrontOf(
  answer: (request: Request, response: ServerResponse) => void,
): Promise<{ served: ServedWarehouse; requests: Request[] }> {
  const requests: Request[] = [];
  let isOpen = false;
  const server = createServer((incoming, response) => {
    void text(incoming).then(
      (sent) => {
        const params = new URL(incoming.url ?? '', 'http://localhost').searchParams;
        const query = [params.get('query'), sent].filter(Boolean).join('\n');
        const database = incoming.headers['x-clickhouse-database'];
        const request = { query, params, database: typeof database === 'string' ? database : undefined };
        requests.push(request);
        if (query.includes('system.formats')) response.end('TSV\nJSON\nParquet\n');
        else if (isOpen) answer(request, response);
        else response.end('1\n');
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const served = await openServedWarehouse({ url, user: 'bellwether', password: 'correct-horse' });
  close = async () => {
    await served.close(0);
    server.closeAllConnections();
    server.close();
  };
  requests.length = 0;
  isOpen = true;
  return { served, requests };
}

describe('in front of a ClickHouse server', () => {
  it('a query carries its id, its database, its limits and its values', async () => {
    const { served, requests } = await inFrontOf((_, response) => {
      response.setHeader('X-ClickHouse-Summary', '{"read_rows":"5","result_rows":"1"}');
      response.end('1\n');
    });
    const params = { word: 'a\\tb', none: '\\N' };
    const settings = { max_execution_time: '7', readonly: '0' };
    const asked = context({ params, settings });
    const answer = await served.run(admitted('SELECT {word:String}'), asked);
    expect(await textOf(Promise.resolve(answer))).toBe('1\n');
    expect(answer.summary()).toMatchObject({ readRows: 5, resultRows: 1 });
    const [request] = requests;
    expect(request).toMatchObject({ query: 'SELECT {word:String}', database: 'metrics' });
    expect(Object.fromEntries(request!.params)).toMatchObject({
      query_id: asked.id,
      default_format: 'TSV',
      max_execution_time: '7',
      max_rows_to_read: '1000000000000000',
      readonly: '1',
      param_word: 'a\\tb',
      param_none: '\\N',
    });
  });

  it('an insert is one part, rows of the statement before those of the body', async () => {
    const { served, requests } = await inFrontOf((_, response) => {
      response.setHeader('X-ClickHouse-Summary', '{"written_rows":"2"}');
      response.end();
    });
    const statement = inserting(['n']);
    const insert = { ...statement.insert!, data: '1\n' };
    const summary = await served.insert({ ...statement, insert }, context(), body('2\n'));
    expect(summary.writtenRows).toBe(2);
    expect(requests[0]!.query).toBe('INSERT INTO `metrics`.`numbers` (`n`) FORMAT TSV\n1\n2\n');
    expect(Object.fromEntries(requests[0]!.params)).toMatchObject({
      async_insert: '0',
      input_format_null_as_default: '0',
      min_insert_block_size_rows: '1000000000',
    });
  });

  it('an error keeps the server’s number and words; one about our account does not pass for the user’s', async () => {
    let code = 47;
    const { served } = await inFrontOf((_, response) => {
      const name = code === 47 ? 'UNKNOWN_IDENTIFIER' : 'AUTHENTICATION_FAILED';
      response.writeHead(400, { 'X-ClickHouse-Exception-Code': String(code) });
      response.end(`Code: ${String(code)}. DB::Exception: Unknown word \`x\`. (${name}) (version 26.7.1.1)`);
    });
    const error = await refusal(served.run(admitted('SELECT x'), context()));
    expect(error).toMatchObject({ code: 47, codeName: 'UNKNOWN_IDENTIFIER', message: 'Unknown word `x`' });
    code = 516;
    await expect(served.run(admitted('SELECT x'), context())).rejects.toMatchObject({ code: 'server-auth' });
  });

  it('a client that hangs up has its query ended by its id', async () => {
    const client = new AbortController();
    const { served, requests } = await inFrontOf((request, response) => {
      if (request.query.startsWith('KILL')) response.end();
      else client.abort();
    });
    const asked = context({ signal: client.signal });
    expect(await refusal(served.run(admitted('SELECT 1'), asked))).toMatchObject({ code: 394 });
    await expect.poll(() => requests.length).toBe(2);
    expect(requests[1]!.query).toBe('KILL QUERY WHERE query_id = {id:String} ASYNC');
    expect(requests[1]!.params.get('param_id')).toBe(asked.id);
  });
});
