import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock, Talk } from '@bellwether/core';
import { afterEach } from 'vitest';
import { connect, type ConnectOptions, type GitHubConnection } from '../connect.ts';
import { Secret } from '../secret.ts';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly token: string;
  /** Of a GraphQL request. */
  readonly variables: Record<string, unknown>;
  readonly query: string;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** Text as it is, anything else as JSON. */
  readonly body?: unknown;
  /** Cuts the connection: before anything, or after half of the body. */
  readonly cut?: 'before' | 'half';
  /** Never answers. */
  readonly isSilent?: boolean;
}

export interface Scripted {
  readonly url: string;
  readonly asked: Asked[];
}

/** A token that must not appear anywhere but in a header. */
export const TOKEN = 'ghp_veryveryverysecret';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

/** A server on loopback that answers as it is told; the end of the test closes it. */
export async function scriptedGitHub(answer: (asked: Asked, number: number) => Answer): Promise<Scripted> {
  const asked: Asked[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Record<string, unknown>;
      const one: Asked = {
        method: incoming.method ?? '',
        path: incoming.url ?? '',
        headers: incoming.headers,
        token: (incoming.headers.authorization ?? '').replace('Bearer ', ''),
        variables: (body['variables'] ?? {}) as Record<string, unknown>,
        query: typeof body['query'] === 'string' ? body['query'] : '',
      };
      asked.push(one);
      give(response, answer(one, asked.length));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => stop(server));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

function give(response: ServerResponse, { status = 200, headers, body, cut, isSilent }: Answer): void {
  if (isSilent) return;
  if (cut === 'before') return void response.destroy();
  if (status === 304) return void response.writeHead(304, headers).end();
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? {});
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  if (cut !== 'half') return void response.end(text);
  response.write(text.slice(0, text.length / 2), () => response.destroy());
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

export interface TestConnection {
  readonly github: GitHubConnection;
  /** How long it slept, in ms; the clock has moved on by as much. */
  readonly slept: number[];
  readonly said: string[];
  readonly clock: Clock & { skip(ms: number): void };
}

/** A connection that never waits: sleeping moves its clock. The end of the test closes it. */
export function connectTo(url: string, options: Partial<ConnectOptions> = {}): TestConnection {
  let skipped = 0;
  const slept: number[] = [];
  const said: string[] = [];
  const clock = {
    now: () => Date.now() + skipped,
    skip: (ms: number) => {
      skipped += ms;
    },
  };
  const talk: Talk = { info: (text) => said.push(text), warn: (text) => said.push(text), progress: () => {} };
  const github = connect({
    url,
    credentials: { kind: 'tokens', tokens: [new Secret(TOKEN)] },
    clock,
    talk,
    tools: {
      random: () => 0.5,
      sleep: async (ms, signal) => {
        if (signal.aborted) return;
        slept.push(ms);
        await new Promise((resolve) => void setImmediate(resolve));
        if (!signal.aborted) skipped += ms;
      },
    },
    ...options,
  });
  cleanups.push(() => github.close());
  return { github, slept, said, clock };
}
