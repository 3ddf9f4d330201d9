import { once } from 'node:events';
import { createServer } from 'node:http';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { listenOn, type Listening } from './listen.ts';

let listening: Listening | undefined;
const server = createServer((request, response) => response.end(request.socket.remoteAddress));

afterEach(async () => {
  listening?.close();
  server.closeAllConnections();
  if (server.listening) await once(server.close(), 'close');
});

const own = Object.values(networkInterfaces())
  .flat()
  .find((each) => each?.family === 'IPv4' && !each.internal)?.address;

describe('listenOn', () => {
  it.each([
    ['127.0.0.1:0', true],
    ['localhost:0', true],
    ['0.0.0.0:0', false],
  ])('listens on %s, and says whether others reach it', async (listen, isLocal) => {
    listening = await listenOn(server, listen);
    expect(listening.isLocal).toBe(isLocal);
    for (const url of [listening.url, listening.localUrl]) expect((await fetch(url)).status).toBe(200);
  });

  it.skipIf(own === undefined)(
    'lets commands of this machine in over loopback, whatever it listens on',
    async () => {
      listening = await listenOn(server, `${own ?? ''}:0`);
      expect(listening.isLocal).toBe(false);
      expect(await (await fetch(listening.url)).text()).toBe(own);
      expect(await (await fetch(listening.localUrl)).text()).toBe('127.0.0.1');
    },
  );

  it.each(['203.0.113.77:0', 'no-such-host.invalid:0', 'nonsense'])('refuses %s', async (listen) => {
    await expect(listenOn(server, listen)).rejects.toMatchObject({ code: 'listen-invalid' });
  });
});
