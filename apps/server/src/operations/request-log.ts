import { BellwetherError } from '@bellwether/core';
import { QueryError } from '@bellwether/warehouse';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { RequestRecord } from '../http/collaborators.ts';
import { LoginRefused } from '../users/login-refused.ts';
import { statementFingerprint } from './statement-fingerprint.ts';

type Destination = ReturnType<typeof pino.destination>;

/** So many lines may wait for a slow reader of the log; then lines are dropped and not queries held up. */
const MOST_WAITING_BYTES = 8 * 1024 ** 2;

/** A line waits so long for others at most: written alone, each would wake a thread. */
const TOGETHER_MS = 100;
const TOGETHER_BYTES = 8 * 1024;

/** Where lines go, and what writes those that still wait. */
export interface LogSink {
  stream: DestinationStream;
  flush(): void;
}

/** @param file its number; anything but stderr is for tests */
export function stderrSink(file = 2): LogSink {
  const destination = pino.destination({
    ...{ dest: file, sync: false },
    ...{ minLength: TOGETHER_BYTES, maxLength: MOST_WAITING_BYTES },
  });
  // A closed terminal is no reason to end.
  destination.on('error', () => {});
  return {
    stream: { write: (line) => writeTogether(destination, line) },
    flush: () => {
      try {
        destination.flushSync();
      } catch {
        // Nobody reads any more.
      }
    },
  };
}

const waiting = new WeakSet<Destination>();

function writeTogether(destination: Destination, line: string): void {
  destination.write(line);
  if (waiting.has(destination)) return;
  waiting.add(destination);
  setTimeout(() => {
    waiting.delete(destination);
    destination.flush();
  }, TOGETHER_MS).unref();
}

/** One JSON object a line. What may stand in one is decided here, field by field. */
export function createLogger({ stream }: LogSink): Logger {
  return pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level } }, stream);
}

function level(label: string): { level: string } {
  return { level: label };
}

/** Routes that machines ask for every few seconds, and what pages load. */
const QUIET = new Set([
  ...['ping', '/healthz', '/readyz', '/metrics', '/bellwether/identity'],
  ...['/favicon.svg', '/bellwether.css', '/play.js'],
]);

/** Also what commands of this machine ask: a collection is thousands of requests, and has a log of its own. */
function isQuiet({ route, status, user }: RequestRecord): boolean {
  return status < 400 && (QUIET.has(route) || user?.name.startsWith('@') === true);
}

/** A line for a request: who, what kind, how long, how it ended; never its text, its values or its credentials. */
export function logRequest(logger: Logger, record: RequestRecord): void {
  const line = {
    id: record.id,
    user: record.user?.name,
    role: record.user?.role,
    triedUser: record.error instanceof LoginRefused ? (record.error.triedUser ?? undefined) : undefined,
    address: record.address,
    method: record.method,
    route: record.route,
    status: record.status,
    code: record.error?.code,
    error: record.error?.codeName,
    kind: record.kind ?? undefined,
    format: record.format ?? undefined,
    statement: record.statement === null ? undefined : statementFingerprint(record.statement),
    seconds: rounded(record.durationSeconds),
    waitedSeconds: unlessZero(rounded(record.waitedSeconds)),
    rowsRead: record.summary?.readRows ?? undefined,
    rows: record.summary?.resultRows,
    rowsWritten: unlessZero(record.summary?.writtenRows),
    bytesReceived: unlessZero(record.bytesReceived),
    bytesSent: record.bytesSent,
    hungUp: record.hungUp ? true : undefined,
    cause: describeCause(record.cause),
  };
  if (record.status >= 500) logger.error(line, 'request');
  else if (isQuiet(record)) logger.debug(line, 'request');
  else logger.info(line, 'request');
}

/**
 * Our own errors are made to be read. Of all others only the kind and the places in the code: their messages can quote
 * the query.
 */
function describeCause(cause: unknown): object | undefined {
  if (cause === undefined || cause === null) return undefined;
  if (cause instanceof BellwetherError) {
    return { code: cause.code, message: cause.message, retry: cause.retry, next: cause.next };
  }
  if (cause instanceof QueryError) return { code: cause.code, name: cause.codeName };
  if (!(cause instanceof Error)) return { type: typeof cause };
  const places = cause.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  const { code } = cause as NodeJS.ErrnoException;
  return {
    type: cause.name,
    code: typeof code === 'string' ? code : undefined,
    at: places.slice(0, 8).map((line) => line.trim()),
  };
}

function unlessZero(count: number | undefined): number | undefined {
  return count === 0 ? undefined : count;
}

function rounded(seconds: number): number {
  return Math.round(seconds * 10_000) / 10_000;
}
