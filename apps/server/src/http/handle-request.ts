import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ANSWER_HEADERS, answerQuery, newExceptionTag } from './answer-query.ts';
import type { Route, User } from './collaborators.ts';
import { readCredentials } from './credentials.ts';
import type { HttpContext } from './http-service.ts';
import { endRequest } from './end-request.ts';
import { exceptionHeaders, HungUpError, Outgoing } from './outgoing.ts';
import { errorText, statusOf, toQueryFailure } from './query-failure.ts';
import { readAddress, type RequestAddress } from './request-address.ts';
import { readParameters } from './request-parameters.ts';
import { Trace } from './trace.ts';

/** One request and everything around its answer. */
interface Exchange {
  context: HttpContext;
  request: IncomingMessage;
  response: ServerResponse;
  outgoing: Outgoing;
  trace: Trace;
  address: string;
  signal: AbortSignal;
}

/** Answers one request, and tells the observer how it ended. Never throws. */
export async function handleRequest(
  context: HttpContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { observer, wire } = context;
  const leave = context.enter?.(request);
  // A body that nobody has begun to read is read to its end by Node behind the answer, however long it is.
  request.read(0);
  const trace = new Trace(randomUUID(), newExceptionTag());
  const hangUp = new AbortController();
  const outgoing = new Outgoing(response, {
    readerIdleSeconds: wire.readerIdleSeconds,
    onSlowReader: () => observer.wireRefused('reader-too-slow'),
  });
  response.once('close', () => {
    if (!response.writableFinished && !outgoing.hasEnded) hangUp.abort();
  });
  const exchange: Exchange = {
    context,
    request,
    response,
    outgoing,
    trace,
    address: request.socket.remoteAddress ?? '',
    signal: hangUp.signal,
  };
  try {
    await answer(exchange);
  } catch (error) {
    await answerFailure(exchange, error);
  }
  await endRequest(request, wire);
  observer.requestFinished(
    trace.record({
      address: exchange.address,
      method: request.method ?? '',
      status: hangUp.signal.aborted && !response.headersSent ? 499 : outgoing.status || response.statusCode,
      bytesReceived: bytesReceived(request),
      bytesSent: outgoing.bytesSent,
      hungUp: hangUp.signal.aborted,
    }),
  );
  leave?.();
}

async function answer(exchange: Exchange): Promise<void> {
  const { context, request, trace } = exchange;
  if (exchange.signal.aborted || request.socket.destroyed) throw new HungUpError('The client hung up.');
  const foreign = context.screen(request);
  if (foreign) return sendText(exchange, foreign.status, `${foreign.message}\n`);
  const address = readAddress(request.url ?? '/');
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  const route = findRoute(context.routes, request, address);
  if (route) return runRoute(exchange, route, address);
  if (address.path === '/ping' || address.path === '/replicas_status' || (isReading && isBare(address))) {
    trace.route = 'ping';
    if (!isReading) return sendText(exchange, 405, 'Use GET.\n', { Allow: 'GET, HEAD' });
    return sendText(exchange, 200, 'Ok.\n');
  }
  if (address.path !== '/') return sendText(exchange, 404, notFound(address.path));
  trace.route = 'query';
  if (!isReading && request.method !== 'POST') {
    return sendText(exchange, 405, 'Use GET or POST.\n', { Allow: 'GET, HEAD, POST' });
  }
  await runQuery(exchange, address);
}

function isBare({ path, parameters }: RequestAddress): boolean {
  return path === '/' && parameters.size === 0;
}

function findRoute(
  routes: readonly Route[],
  { method, headers }: IncomingMessage,
  address: RequestAddress,
): Route | undefined {
  // A program that asks for `/` wants to hear "Ok.".
  if (address.path === '/' && !(isBare(address) && (headers.accept ?? '').includes('text/html'))) {
    return undefined;
  }
  const wanted = method === 'HEAD' ? 'GET' : method;
  return routes.find((route) => route.path === address.path && route.method === wanted);
}

async function runRoute(exchange: Exchange, route: Route, address: RequestAddress): Promise<void> {
  const { context, request, response, trace } = exchange;
  trace.route = route.path;
  context.observer.requestStarted?.(trace.route);
  goOn(request, response);
  await route.handle(request, response, {
    id: trace.id,
    address: exchange.address,
    url: new URL(`${address.path}?${(request.url ?? '').split('?')[1] ?? ''}`, 'http://localhost'),
    signal: exchange.signal,
    authenticate: () => authenticate(exchange, address),
  });
}

async function authenticate(exchange: Exchange, { parameters }: RequestAddress): Promise<User> {
  const { context, request, trace, address, signal } = exchange;
  const credentials = readCredentials(request.headers, parameters);
  const user = await trace.waiting(context.authenticate(credentials, address, signal));
  trace.user = user;
  return user;
}

async function runQuery(exchange: Exchange, address: RequestAddress): Promise<void> {
  const { context, request, response, outgoing, trace, signal } = exchange;
  context.observer.requestStarted?.(trace.route);
  const user = await authenticate(exchange, address);
  const parameters = readParameters(address.parameters, request.headers);
  goOn(request, response);
  const failure = await answerQuery(context, request, outgoing, { user, parameters, trace, signal });
  if (failure) Object.assign(trace, failure);
}

/** Whoever asked first may now send the body. */
function goOn({ headers }: IncomingMessage, response: ServerResponse): void {
  if (/^100-continue$/i.test(headers.expect ?? '')) response.writeContinue();
}

async function answerFailure(exchange: Exchange, thrown: unknown): Promise<void> {
  const { context, response, outgoing, trace } = exchange;
  if (!(thrown instanceof HungUpError)) Object.assign(trace, toQueryFailure(thrown));
  const { error } = trace;
  // Nobody is there any more; or a route's answer is on its way, and its early end is all that can be said.
  if (!error || exchange.signal.aborted || (response.headersSent && !outgoing.hasBegun)) {
    response.destroy();
    return;
  }
  try {
    const body = Buffer.from(errorText(error, context.version));
    outgoing.begin(
      statusOf(error),
      {
        'Content-Type': 'text/plain; charset=UTF-8',
        'Content-Length': body.length,
        'X-ClickHouse-Server-Display-Name': context.displayName,
        'X-ClickHouse-Query-Id': trace.id,
        'X-ClickHouse-Exception-Tag': trace.exceptionTag,
        ...ANSWER_HEADERS,
        ...(error.code === 194 ? { 'WWW-Authenticate': 'Basic realm="ClickHouse server HTTP API"' } : {}),
        ...(error.code === 202 || error.code === 236 ? { 'Retry-After': 1 } : {}),
      },
      exceptionHeaders(error),
    );
    await outgoing.write(body);
    await outgoing.end();
  } catch {
    // Nobody is left to be told; the record has the error.
    response.destroy();
  }
}

async function sendText(
  { outgoing, context }: Exchange,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const body = Buffer.from(text);
  const common = {
    'Content-Type': 'text/plain; charset=UTF-8',
    'Content-Length': body.length,
    'X-ClickHouse-Server-Display-Name': context.displayName,
  };
  outgoing.begin(status, { ...common, ...ANSWER_HEADERS, ...headers }, {});
  await outgoing.write(body);
  await outgoing.end();
}

function notFound(path: string): string {
  return (
    `There is no handle ${path.slice(0, 200).replaceAll(/[^\x21-\x7e]/g, '?')}\n` +
    'Use / or /ping for health checks.\n' +
    'Send queries from your program with POST method or GET /?query=...\n'
  );
}

const seen = new WeakMap<object, number>();

/** Since the last request of the connection; what came ahead of its turn counts for the request before. */
function bytesReceived({ socket }: IncomingMessage): number {
  const before = seen.get(socket) ?? 0;
  seen.set(socket, socket.bytesRead);
  return socket.bytesRead - before;
}
