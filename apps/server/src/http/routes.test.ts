import { describe, expect, it } from 'vitest';
import { RawConnection } from '../testing/raw-connection.ts';
import { serveHttp } from '../testing/served-http.ts';

const served = serveHttp({
  screen: (request) => (request.headers.origin ? { status: 403, message: 'Foreign.' } : null),
  routes: [
    {
      method: 'GET',
      path: '/',
      handle: (_, response) => {
        response.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>Landing</h1>');
      },
    },
    {
      method: 'GET',
      path: '/who',
      handle: async (_, response, { authenticate, url }) => {
        const { name } = await authenticate();
        response.end(`${name} ${String(url.searchParams.get('a'))}`);
      },
    },
    {
      method: 'GET',
      path: '/broken',
      handle: () => {
        throw new Error('with /a/path in it');
      },
    },
    {
      method: 'GET',
      path: '/half',
      handle: (_, response) => {
        response.write('half');
        throw new Error('too late');
      },
    },
  ],
});
const LOGIN = { Authorization: `Basic ${btoa('operator:secret')}` };

describe('pages beside the interface', () => {
  it('a browser gets the landing page, a program Ok.', async () => {
    const page = await fetch(served.url, { headers: { Accept: 'text/html,*/*' } });
    expect(await page.text()).toBe('<h1>Landing</h1>');
    expect(await (await fetch(served.url)).text()).toBe('Ok.\n');
    const query = await fetch(`${served.url}/?query=SELECT+1`, {
      headers: { ...LOGIN, Accept: 'text/html' },
    });
    expect(await query.text()).toBe('1\n');
  });

  it('a route asks who is there only when it wants to know', async () => {
    expect((await fetch(`${served.url}/who`)).status).toBe(401);
    expect(await (await fetch(`${served.url}/who?a=1%202`, { headers: LOGIN })).text()).toBe('operator 1 2');
    expect(
      (await served.recorded(({ route, status }) => route === '/who' && status === 200)).user?.name,
    ).toBe('operator');
  });

  it('HEAD is answered as GET, other methods are not known', async () => {
    expect((await fetch(`${served.url}/who`, { method: 'HEAD', headers: LOGIN })).status).toBe(200);
    expect((await fetch(`${served.url}/who`, { method: 'POST', headers: LOGIN })).status).toBe(404);
    expect((await fetch(served.url, { method: 'DELETE', headers: LOGIN })).status).toBe(405);
    expect((await fetch(`${served.url}/ping`, { method: 'POST' })).status).toBe(405);
  });

  it('a route that fails says nothing of why, and the record does', async () => {
    const response = await fetch(`${served.url}/broken`);
    const text = await response.text();
    expect([response.status, text.includes('UNKNOWN_EXCEPTION'), text.includes('/a/path')]).toEqual([
      500,
      true,
      false,
    ]);
    const { cause } = await served.recorded(({ route }) => route === '/broken');
    expect(cause).toBeInstanceOf(Error);
  });

  it('half a page is cut off', async () => {
    const connection = await RawConnection.open(served.port);
    connection.socket.write('GET /half HTTP/1.1\r\nHost: x\r\n\r\n');
    const text = await connection.closed();
    expect(text.endsWith('0\r\n\r\n')).toBe(false);
    expect(text).not.toContain('too late');
  });

  it('what the screen turns away gets nowhere', async () => {
    const response = await fetch(`${served.url}/?query=SELECT+1`, {
      headers: { ...LOGIN, Origin: 'http://evil' },
    });
    expect([response.status, await response.text()]).toEqual([403, 'Foreign.\n']);
  });

  it('a closed server lets what runs end, and nobody in', async () => {
    const running = fetch(served.url, {
      method: 'POST',
      headers: LOGIN,
      body: 'SELECT count() FROM numbers(200000000) WHERE sipHash64(number) > 0',
    });
    const admitted = await RawConnection.open(served.port);
    const { port } = served;
    // The query is under way once another request on the same server has been answered.
    await (await fetch(`${served.url}/ping`)).text();
    let isRunning = true;
    const answer = running.then((response) => response.text()).finally(() => (isRunning = false));
    const closed = served.service.close(50_000);
    // Who has not asked anything is not waited for.
    expect(await admitted.closed()).toBe('');
    expect(isRunning).toBe(true);
    expect(await answer).toBe('200000000\n');
    await closed;
    await expect(RawConnection.open(port)).rejects.toThrow('ECONNREFUSED');
  });
});
