import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** As much of S3 as the engine uses for a backup, on loopback: PUT, HEAD, GET with ranges, DELETE. */
export interface SmallStore extends AsyncDisposable {
  readonly url: string;
  readonly objects: Map<string, Buffer>;
  /** `Authorization` of every request. */
  readonly authorizations: Set<string>;
  /** From now on it refuses whoever asks. */
  refuse(): void;
}

export async function startSmallStore(): Promise<SmallStore> {
  const objects = new Map<string, Buffer>();
  const authorizations = new Set<string>();
  let isRefusing = false;
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      authorizations.add(request.headers.authorization ?? '');
      if (isRefusing) {
        response.writeHead(403).end('<Error><Code>AccessDenied</Code><Message>no</Message></Error>');
      } else answer(objects, request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    objects,
    authorizations,
    refuse: () => {
      isRefusing = true;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(
  objects: Map<string, Buffer>,
  { method, url = '', headers }: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): void {
  const key = new URL(url, 'http://store').pathname;
  response.setHeader('ETag', '"x"');
  if (method === 'PUT') {
    objects.set(key, body);
    response.end();
    return;
  }
  if (method === 'DELETE') {
    objects.delete(key);
    response.writeHead(204).end();
    return;
  }
  const found = objects.get(key);
  if (!found || (method !== 'GET' && method !== 'HEAD')) {
    response.writeHead(found ? 501 : 404).end('<Error><Code>NoSuchKey</Code></Error>');
    return;
  }
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
  const end = to === undefined || to === '' ? found.length - 1 : Number(to);
  const part = from === undefined ? found : found.subarray(Number(from), end + 1);
  response.writeHead(from === undefined ? 200 : 206, {
    'Content-Length': part.length,
    'Last-Modified': new Date(0).toUTCString(),
    ...(from === undefined
      ? {}
      : { 'Content-Range': `bytes ${from}-${String(end)}/${String(found.length)}` }),
  });
  response.end(method === 'HEAD' ? undefined : part);
}
