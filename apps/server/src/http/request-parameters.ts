import type { IncomingHttpHeaders } from 'node:http';
import { QueryError } from '@bellwether/warehouse';

/** What address and headers say about a query. Hostile still: settings have to be checked, text to be admitted. */
export interface RequestParameters {
  /** The whole of the statement or its beginning: the body goes on in a new line. */
  query: string;
  database: string;
  /** Of the output, where the statement does not name one. */
  format: string;
  /** Values of `{name:Type}`. */
  params: Readonly<Record<string, string>>;
  /** Everything in the address that is no word of the HTTP interface. */
  settings: Readonly<Record<string, string>>;
  /** The client's own name for the query; it is given back, and names nothing here. */
  queryId: string | null;
  /** 0 unless the client understands newer Native. */
  protocolVersion: number;
  /** Nothing is sent before the query has ended. */
  waitsForEnd: boolean;
  /** So many bytes are held back at least; 0 where nothing is said. */
  bufferBytes: number;
  acceptsCompression: boolean;
  /** The result comes in ClickHouse's own compressed blocks (`compress=1`). */
  packsBlocks: boolean;
  /** Of gzip and deflate, 1 to 9. */
  compressionLevel: number;
  /** Progress as headers while the query runs, not more often than so many milliseconds; null: none. */
  progressMs: number | null;
}

/** @throws QueryError NOT_IMPLEMENTED for what this server does not do; CANNOT_PARSE_… */
export function readParameters(
  address: ReadonlyMap<string, string>,
  headers: IncomingHttpHeaders,
): RequestParameters {
  refuseUnsupported(address, headers);
  const params: [string, string][] = [];
  const settings: [string, string][] = [];
  for (const [name, value] of address) {
    if (name.startsWith('param_')) params.push([name.slice('param_'.length), value]);
    else if (!OURS.has(name)) settings.push([name, value]);
  }
  const flag = (name: string, otherwise: boolean): boolean => readFlag(name, address.get(name), otherwise);
  const number = (name: string, otherwise: number): number => readNumber(name, address.get(name), otherwise);
  const wantsProgress = flag('send_progress_in_http_headers', false);
  return {
    query: address.get('query') ?? '',
    database: header(headers, 'x-clickhouse-database') || (address.get('database') ?? '') || 'default',
    format: header(headers, 'x-clickhouse-format') || (address.get('default_format') ?? '') || 'TabSeparated',
    // Unlike assignment, this makes of `__proto__` a name like any other.
    params: Object.fromEntries(params),
    settings: Object.fromEntries(settings),
    queryId: readQueryId(address.get('query_id') ?? header(headers, 'x-clickhouse-query-id')),
    protocolVersion: number('client_protocol_version', 0),
    waitsForEnd: flag('wait_end_of_query', flag('http_wait_end_of_query', false)),
    bufferBytes: number('buffer_size', number('http_response_buffer_size', 0)),
    acceptsCompression: flag('enable_http_compression', COMPRESSES_BY_DEFAULT),
    packsBlocks: flag('compress', false),
    compressionLevel: Math.min(9, Math.max(1, number('http_zlib_compression_level', 3))),
    progressMs: wantsProgress ? number('http_headers_progress_interval_ms', 100) : null,
  };
}

/** ClickHouse's default since 25.7. */
const COMPRESSES_BY_DEFAULT = true;

/** Words of the HTTP interface itself; the second group says nothing to this server and does no harm. */
const OURS: ReadonlySet<string> = new Set([
  ...['query', 'database', 'default_format', 'user', 'password', 'query_id', 'client_protocol_version'],
  ...['wait_end_of_query', 'http_wait_end_of_query', 'buffer_size', 'http_response_buffer_size'],
  ...['enable_http_compression', 'http_zlib_compression_level', 'compress', 'decompress'],
  ...['send_progress_in_http_headers', 'http_headers_progress_interval_ms'],

  ...['quota_key', 'stacktrace', 'session_timeout', 'session_check', 'close_session', 'add_http_cors_header'],
  ...['http_native_compression_disable_checksumming_on_decompress', 'http_write_exception_in_output_format'],
  ...['cancel_http_readonly_queries_on_client_close', 'http_connection_timeout', 'http_receive_timeout'],
  ...['http_send_timeout', 'http_max_uri_size', 'http_max_field_name_size', 'http_max_field_value_size'],
]);

function refuseUnsupported(address: ReadonlyMap<string, string>, headers: IncomingHttpHeaders): void {
  if ((address.get('session_id') ?? '') !== '') {
    throw notImplemented('Sessions are not supported: every query stands alone. Leave session_id out');
  }
  if (address.has('role')) throw notImplemented('Roles cannot be chosen: each user has one. Leave role out');
  if (address.has('profile')) {
    throw notImplemented('Profiles of settings are not supported. Leave profile out');
  }
  if (readFlag('decompress', address.get('decompress'), false)) {
    throw notImplemented(
      "ClickHouse's own block compression of what is sent (decompress=1) is not supported over HTTP. " +
        'Use gzip, deflate or br: Content-Encoding',
    );
  }
  if (/^\s*multipart\//i.test(headers['content-type'] ?? '')) {
    throw notImplemented('External tables (multipart/form-data) are not supported');
  }
}

function notImplemented(message: string): QueryError {
  return new QueryError(48, 'NOT_IMPLEMENTED', message);
}

function readFlag(name: string, value: string | undefined, otherwise: boolean): boolean {
  if (value === undefined || value === '') return otherwise;
  if (/^(?:1|true|on|yes)$/i.test(value)) return true;
  if (/^(?:0|false|off|no)$/i.test(value)) return false;
  throw new QueryError(467, 'CANNOT_PARSE_BOOL', `The parameter ${name} is neither 0 nor 1`);
}

function readNumber(name: string, value: string | undefined, otherwise: number): number {
  if (value === undefined || value === '') return otherwise;
  if (!/^\d{1,15}$/.test(value)) {
    throw new QueryError(72, 'CANNOT_PARSE_NUMBER', `The parameter ${name} is not a whole number`);
  }
  return Number(value);
}

/** It goes into a header of the answer. */
function readQueryId(value: string): string | null {
  return /^[\w.:/ -]{1,128}$/.test(value) ? value : null;
}

function header(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}
