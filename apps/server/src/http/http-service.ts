import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Authenticate, Enter, Observer, Route, Screen, WireRefusal } from './collaborators.ts';
import type { QueryService } from './answer-query.ts';
import { handleRequest } from './handle-request.ts';
import { Turns } from './turns.ts';
import { DEFAULT_WIRE_LIMITS, type WireLimits } from './wire-limits.ts';

export interface HttpServiceOptions extends Omit<QueryService, 'wire'> {
  authenticate: Authenticate;
  observer: Observer;
  routes: readonly Route[];
  screen?: Screen;
  enter?: Enter;
  wire?: Partial<WireLimits>;
}

/** Everything that answers a request has at hand. */
export interface HttpContext extends QueryService {
  authenticate: Authenticate;
  observer: Observer;
  routes: readonly Route[];
  screen: Screen;
  enter?: Enter;
}

export interface HttpService {
  /** Not listening yet. */
  readonly server: Server;
  /** Connections without a request end now, the others with their answer. Resolves when all have, or after `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/** The ClickHouse HTTP interface over a served warehouse, and the pages beside it, behind limits on the wire. */
export function createHttpService(options: HttpServiceOptions): HttpService {
  const wire = { ...DEFAULT_WIRE_LIMITS, ...options.wire };
  const context: HttpContext = { ...options, screen: options.screen ?? (() => null), wire };
  const turns = new Turns(wire.pipelined);
  /** Connections that never asked anything: Node does not count them among the idle ones. */
  const silent = new Set<Socket>();
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    silent.delete(request.socket);
    const accepted = turns.take(request.socket, () => handleRequest(context, request, response));
    if (accepted) return;
    options.observer.wireRefused('pipeline-too-long');
    request.socket.destroy();
  };
  const server = createServer(
    {
      maxHeaderSize: wire.headerBytes,
      headersTimeout: wire.headerSeconds * 1000,
      // Bodies have their own limit, between two pieces: a large insert may take its time.
      requestTimeout: 0,
      keepAliveTimeout: wire.idleSeconds * 1000,
      connectionsCheckingInterval: 500,
      noDelay: true,
    },
    answer,
  );
  server.maxConnections = wire.connections;
  // Node's own answer would invite a body before anybody knows who sends it; `handleRequest` says when to go on.
  server.on('checkContinue', answer);
  server.on('drop', () => options.observer.wireRefused('too-many-connections'));
  server.on('clientError', (error, socket) => refuseOnWire(error, socket, options.observer));
  server.on('connection', (socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  return { server, close: (graceMs) => close(server, silent, graceMs) };
}

const WIRE_REFUSALS: Readonly<Record<string, readonly [WireRefusal, string]>> = {
  HPE_HEADER_OVERFLOW: ['headers-too-large', '431 Request Header Fields Too Large'],
  ERR_HTTP_REQUEST_TIMEOUT: ['headers-too-slow', '408 Request Timeout'],
};

/** What is no HTTP gets one line and no second chance: nobody knows where its next request would begin. */
function refuseOnWire(error: NodeJS.ErrnoException, socket: Duplex, observer: Observer): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [reason, status] = WIRE_REFUSALS[error.code ?? ''] ?? ['bad-http', '400 Bad Request'];
  observer.wireRefused(reason);
  // An answer that is on its way must not have this one in its middle.
  if (isAnswering(socket)) socket.destroy();
  else {
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () =>
      socket.destroy(),
    );
  }
}

/** Node keeps the answer that a socket is busy with there. */
function isAnswering(socket: Duplex): boolean {
  return (socket as { _httpMessage?: ServerResponse | null })._httpMessage != null;
}

function close(server: Server, silent: Iterable<Socket>, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    // One that was busy may stay open behind its answer, and Node looks once only.
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    server.close(() => {
      clearTimeout(timer);
      clearInterval(sweep);
      resolve();
    });
    server.closeIdleConnections();
    for (const socket of silent) socket.destroy();
  });
}
