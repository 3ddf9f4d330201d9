import { BellwetherError } from '@bellwether/core';
import { QueryError } from '@bellwether/warehouse';

/** What a client is told about a failure, and what only the log is. */
export interface QueryFailure {
  error: QueryError;
  /** Null where the error says everything. */
  cause: unknown;
}

/** Puts whatever was thrown into ClickHouse's terms. Only the words of a `QueryError` are meant for a client. */
export function toQueryFailure(thrown: unknown): QueryFailure {
  if (thrown instanceof QueryError) return { error: thrown, cause: null };
  const known = thrown instanceof BellwetherError ? OUTSIDE_THE_QUERY[thrown.code] : undefined;
  const [code, name, message] = known ?? UNKNOWN;
  return { error: new QueryError(code, name, message), cause: thrown };
}

const UNKNOWN = [
  1002,
  'UNKNOWN_EXCEPTION',
  'The server failed. Its log says more under the id of this query',
] as const;

/** Their own messages name folders and hosts. */
const OUTSIDE_THE_QUERY: Readonly<Record<string, readonly [number, string, string]>> = {
  'disk-full': [
    243,
    'NOT_ENOUGH_SPACE',
    'There is no space left for the warehouse. What was acknowledged is stored; the same request can be sent again later',
  ],
  'memory-limit': [241, 'MEMORY_LIMIT_EXCEEDED', 'The query needs more memory than it may use'],
  'time-limit': [159, 'TIMEOUT_EXCEEDED', 'Timeout exceeded: the query took longer than it may'],
  'result-too-large': [
    396,
    'TOO_MANY_ROWS_OR_BYTES',
    'The result is too large for this format, which needs all of it at once',
  ],
  'server-busy': [
    202,
    'TOO_MANY_SIMULTANEOUS_QUERIES',
    'The ClickHouse server behind this one has too much to do',
  ],
  'server-unreachable': [210, 'NETWORK_ERROR', 'The ClickHouse server behind this one does not answer'],
  'server-auth': [210, 'NETWORK_ERROR', 'The ClickHouse server behind this one does not accept its account'],
};

/**
 * The HTTP status that ClickHouse gives an error (`exceptionCodeToHTTPStatus`); 500 for those not listed. Beyond it: too
 * busy, stopping and unreachable are 503, so that balancers and clients try again, and a body that cannot be unpacked
 * is the sender's fault.
 */
export function statusOf({ code }: QueryError): number {
  return STATUS.get(code) ?? 500;
}

const STATUS: ReadonlyMap<number, number> = new Map(
  Object.entries({
    // BAD_ARGUMENTS, CANNOT_PARSE_…, CANNOT_COMPILE_REGEXP, SYNTAX_ERROR, TYPE_MISMATCH and their like.
    400: [
      6, 8, 15, 25, 26, 27, 36, 37, 38, 41, 44, 53, 62, 72, 117, 123, 167, 168, 223, 321, 354, 376, 427, 441,
      467, 675, 676,
    ],
    401: [194],
    // UNKNOWN_USER, WRONG_PASSWORD, ACCESS_DENIED, SET_NON_GRANTED_ROLE, AUTHENTICATION_FAILED
    403: [192, 193, 497, 512, 516],
    // UNKNOWN_FUNCTION, _IDENTIFIER, _TYPE, _STORAGE, _TABLE, _FORMAT, _DATABASE, _SETTING and their like.
    404: [46, 47, 50, 56, 60, 63, 73, 78, 81, 115, 152, 336, 511],
    408: [159],
    411: [381],
    413: [229],
    415: [779],
    501: [48],
    // CANNOT_OPEN_FILE, TOO_MANY_SIMULTANEOUS_QUERIES, SOCKET_TIMEOUT, NETWORK_ERROR, ABORTED, CANNOT_SCHEDULE_TASK
    503: [76, 202, 209, 210, 236, 439],
  }).flatMap(([status, codes]) => codes.map((code) => [code, Number(status)] as const)),
);

/** As ClickHouse writes it, and as every client takes it apart. One line, with its end. */
export function errorText(error: QueryError, version: string): string {
  const message = error.message.replace(/[\s.]+$/, '').replaceAll(/[\r\n]+/g, ' ');
  return `Code: ${error.code}. DB::Exception: ${message}. (${error.codeName}) (version ${version})\n`;
}
