import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Role } from '@bellwether/core';
import type { QueryError, QueryLimits, QuerySummary } from '@bellwether/warehouse';

/** What a request says about who sends it. Never logged, never part of an error. */
export interface Credentials {
  /** ClickHouse's `default` where a password came without a name. */
  name: string;
  /** '' where a name came without a password. */
  password: string;
}

export interface User {
  name: string;
  role: Role;
}

/**
 * Answers who somebody is, or says no with a `QueryError`: 516 AUTHENTICATION_FAILED (403, or 401 where nothing was
 * sent), 194 REQUIRED_PASSWORD (401). Its own growing delay after wrong passwords is part of the wait.
 *
 * @param credentials null where the request brought none
 * @param address the client's IP address, without a port
 * @param signal aborted when the client hangs up
 */
export type Authenticate = (
  credentials: Credentials | null,
  address: string,
  signal: AbortSignal,
) => Promise<User>;

/** Lets queries of a role in one by one, and says what each may use. */
export interface Limiter {
  /** For settings that a request asks for, and for the size of its body. */
  limitsOf(role: Role): RoleAllowance;
  /**
   * Waits for a place and returns what gives it back (calling that twice is safe).
   *
   * @throws QueryError 202 TOO_MANY_SIMULTANEOUS_QUERIES where the queue is full, 394 QUERY_WAS_CANCELLED when
   *   `signal` is aborted while waiting, 236 ABORTED when the server stops
   */
  enter(role: Role, signal: AbortSignal): Promise<() => void>;
}

export interface RoleAllowance {
  query: QueryLimits;
  /** Size of a request's body, unpacked. */
  requestBytes: number;
}

/** One request that has ended, for metrics and logs. */
export interface RequestRecord {
  /** Also the query's id in the engine, and the client's `X-ClickHouse-Query-Id`. */
  id: string;
  address: string;
  method: string;
  /** Bounded: `query`, `ping`, the path of a route, or `unknown`. */
  route: string;
  /** Null where nobody was let in. */
  user: User | null;
  /** HTTP status that was sent; 499 where the client hung up before one was. */
  status: number;
  /** What was refused or failed, also after the first byte; null where nothing did. */
  error: QueryError | null;
  /** Where the error is none of ClickHouse's: what was thrown, for the log. */
  cause: unknown;
  /** Canonical text, null before the gate. Holds literals: fit for a fingerprint, never for a log. */
  statement: string | null;
  kind: 'select' | 'show' | 'insert' | 'command' | null;
  format: string | null;
  /** From the first byte of the request to the last of the answer. */
  durationSeconds: number;
  /** How long it waited for its place, and for credentials. */
  waitedSeconds: number;
  bytesReceived: number;
  bytesSent: number;
  summary: QuerySummary | null;
  hungUp: boolean;
}

/** Turns away what a foreign web site makes a browser send; null lets a request pass. */
export type Screen = (request: IncomingMessage) => { status: number; message: string } | null;

/** Why a connection or a request never became a query. */
export type WireRefusal =
  | 'too-many-connections'
  | 'bad-http'
  | 'pipeline-too-long'
  | 'headers-too-large'
  | 'headers-too-slow'
  | 'reader-too-slow';

/** Told what happens; must not throw and must not take long. */
export interface Observer {
  requestStarted?(route: string): void;
  requestFinished(record: RequestRecord): void;
  wireRefused(reason: WireRefusal): void;
}

/** A page or an operation that is not part of the ClickHouse interface. Exact paths; `GET` answers `HEAD`, too. */
export interface Route {
  method: 'GET' | 'POST';
  /** `/healthz`; `/` is asked for by browsers only (`Accept: text/html` and no query). */
  path: string;
  /** Whatever it throws is answered as an error; what it leaves unanswered would hang, so it must end the response. */
  handle(request: IncomingMessage, response: ServerResponse, context: RouteContext): Promise<void> | void;
}

export interface RouteContext {
  id: string;
  address: string;
  url: URL;
  /** Aborted when the client hangs up. */
  signal: AbortSignal;
  /** Asks for the user behind the request's credentials. @throws QueryError like `Authenticate` */
  authenticate(): Promise<User>;
}

/** Told that a request begins; what it returns is called when nothing of the request runs any more. */
export type Enter = (request: IncomingMessage) => (() => void) | undefined;
