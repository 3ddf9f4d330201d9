import { once } from 'node:events';
import { type AddressInfo, createServer, isIPv6, type Server } from 'node:net';
import { BellwetherError, usageError } from '@bellwether/core';
import { isLoopback, parseListen } from '../users/client-address.ts';

export interface Listening {
  /** `http://127.0.0.1:8123`, an address under which it can be reached. */
  url: string;
  /** Where programs of this machine reach it. */
  localUrl: string;
  /** Whether only these can. */
  isLocal: boolean;
  /** Lets nobody new in by the local way, where that is one of its own. */
  close(): void;
}

/**
 * Listens where the configuration says, and for programs of this machine on a loopback address as well.
 *
 * @param listen `127.0.0.1:8123`; port 0 takes any that is free
 * @throws BellwetherError `listen-invalid`, `port-taken`
 */
export async function listenOn(server: Server, listen: string): Promise<Listening> {
  const asked = parseListen(listen);
  if (!asked) throw badAddress(listen);
  const { address, port } = await bind(server, asked, listen);
  const isLocal = isLoopback(address);
  const url = urlOf(address, port);
  if (isLocal) return { url, localUrl: url, isLocal, close: () => {} };
  if (address === '0.0.0.0' || address === '::') {
    const everywhere = urlOf('127.0.0.1', port);
    return { url: everywhere, localUrl: everywhere, isLocal, close: () => {} };
  }
  // Another address of this machine: its own commands are known by coming over loopback.
  const local = createServer((socket) => server.emit('connection', socket));
  const own = await bind(local, { host: '127.0.0.1', port: 0 }, '127.0.0.1:0');
  return { url, localUrl: urlOf(own.address, own.port), isLocal, close: () => void local.close() };
}

async function bind(
  server: Server,
  { host, port }: { host: string; port: number },
  listen: string,
): Promise<AddressInfo> {
  server.listen({ host, port });
  try {
    await once(server, 'listening');
  } catch (error) {
    throw bindError(listen, error as NodeJS.ErrnoException);
  }
  return server.address() as AddressInfo;
}

function urlOf(address: string, port: number): string {
  return `http://${isIPv6(address) ? `[${address}]` : address}:${String(port)}`;
}

function bindError(listen: string, error: NodeJS.ErrnoException): Error {
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') {
    return badAddress(listen, error);
  }
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return error;
  return new BellwetherError({
    code: 'port-taken',
    message:
      error.code === 'EADDRINUSE'
        ? `Another program listens on ${listen} already.`
        : `This account may not listen on ${listen}: ports below 1024 are for others.`,
    retry: 'no',
    next: 'bellwether serve --listen 127.0.0.1:8124',
    cause: error,
  });
}

/** Refusal of an address that is none. */
export function badAddress(listen: string, cause?: unknown): Error {
  return usageError(
    'listen-invalid',
    `${listen} is not an address of this machine with a port.`,
    'bellwether serve --listen 127.0.0.1:8123',
    cause,
  );
}
