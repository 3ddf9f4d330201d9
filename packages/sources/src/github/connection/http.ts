import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type Dispatcher, EnvHttpProxyAgent, request } from 'undici';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** What came back, or why nothing did. No request or header of ours is in it, so it cannot carry a token. */
export type HttpResult =
  | { readonly kind: 'answer'; readonly status: number; readonly headers: Headers; readonly text: string }
  | { readonly kind: 'timeout' | 'dropped' | 'too-large' | 'cancelled' }
  | { readonly kind: 'proxy' | 'unreachable'; readonly code: string };

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface Http {
  send(request: HttpRequest): Promise<HttpResult>;
  close(): Promise<void>;
}

export interface HttpOptions {
  /** GitHub gives up after ten seconds; an answer that takes three times as long is not coming. */
  readonly headersTimeoutMs?: number;
  readonly bodyTimeoutMs?: number;
  /** The whole answer, however slowly it drips in. */
  readonly totalTimeoutMs?: number;
  readonly maxBytes?: number;
  readonly maxConnections?: number;
  /** HTTP_PROXY, HTTPS_PROXY, NO_PROXY. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

const inflate = promisify(gunzip);

/**
 * Plain HTTP with connections that are kept. Never follows a redirect and never throws: what a request may do next is
 * decided by those who know what it was for.
 */
export function createHttp(options: HttpOptions): Http {
  const { env, headersTimeoutMs = 30_000, bodyTimeoutMs = 30_000, totalTimeoutMs = 90_000 } = options;
  const maxBytes = options.maxBytes ?? 64 * 1024 * 1024;
  const agent = new EnvHttpProxyAgent({
    httpProxy: env['http_proxy'] ?? env['HTTP_PROXY'] ?? '',
    httpsProxy: env['https_proxy'] ?? env['HTTPS_PROXY'] ?? '',
    noProxy: env['no_proxy'] ?? env['NO_PROXY'] ?? '',
    connections: options.maxConnections ?? 16,
    headersTimeout: headersTimeoutMs,
    bodyTimeout: bodyTimeoutMs,
    connect: { timeout: 15_000 },
    keepAliveTimeout: 30_000,
  });
  return {
    async send({ method, url, headers, body, signal }) {
      const limit = AbortSignal.timeout(totalTimeoutMs);
      try {
        const {
          statusCode,
          headers: answered,
          body: stream,
        } = await request(url, {
          method,
          headers: { ...headers, 'accept-encoding': 'gzip' },
          body: body ?? null,
          dispatcher: agent,
          signal: AbortSignal.any([signal, limit]),
        });
        const bytes = await readAll(stream, maxBytes);
        if (bytes === null) return { kind: 'too-large' };
        const isPacked = answered['content-encoding'] === 'gzip';
        const whole =
          isPacked && bytes.length > 0 ? await inflate(bytes, { maxOutputLength: maxBytes }) : bytes;
        return { kind: 'answer', status: statusCode, headers: answered, text: whole.toString('utf8') };
      } catch (error) {
        if (signal.aborted) return { kind: 'cancelled' };
        if (limit.aborted) return { kind: 'timeout' };
        return failureOf(error, goesThroughProxy(url, env));
      }
    },
    close: () => agent.destroy(),
  };
}

/** The whole body; null where it is larger than allowed. */
async function readAll(stream: Dispatcher.ResponseData['body'], maxBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) return null;
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length);
}

/** Only the codes of an error are looked at: its text and its causes may show what was sent. */
function failureOf(error: unknown, isProxied: boolean): HttpResult {
  const codes = codesOf(error);
  const has = (...wanted: string[]): string | undefined => codes.find((code) => wanted.includes(code));
  if (has('ERR_BUFFER_TOO_LARGE')) return { kind: 'too-large' };
  if (has('UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT')) return { kind: 'timeout' };
  const code = codes.find((each) => unreachableCodes.some((prefix) => each.startsWith(prefix)));
  // A proxy that refuses to make the tunnel ends the request without a code of its own.
  if (isProxied && (code !== undefined || isProxyRefusal(error))) {
    return { kind: 'proxy', code: code ?? 'refused' };
  }
  return code === undefined ? { kind: 'dropped' } : { kind: 'unreachable', code };
}

function isProxyRefusal(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Proxy response');
}

/** Whether a request goes through a proxy; only to say whose fault it is when it does not get there. */
function goesThroughProxy({ protocol, hostname }: URL, env: HttpOptions['env']): boolean {
  const [proxy, none] = [protocol === 'https:' ? 'https_proxy' : 'http_proxy', 'no_proxy'].map(
    (name) => env[name] ?? env[name.toUpperCase()] ?? '',
  );
  if (!proxy) return false;
  const excepted = (none ?? '').split(/[\s,]+/).filter((each) => each !== '');
  return !excepted.some((each) => each === '*' || `.${hostname}`.endsWith(`.${each.replace(/^\*?\./, '')}`));
}

const unreachableCodes = [
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_',
  'ERR_TLS_',
  'ERR_SSL_',
];

function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let each: unknown = error; each instanceof Error && codes.length < 10; each = each.cause) {
    const { code } = each as { code?: unknown };
    if (typeof code === 'string') codes.push(code);
    if (each instanceof AggregateError) codes.push(...each.errors.flatMap(codesOf));
  }
  return codes;
}
