import type { Role } from '@bellwether/core';
import type { Warehouse } from '../warehouse.ts';

/** What somebody asks, as it came: hostile until it was admitted. */
export interface GateRequest {
  sql: string;
  role: Role;
  /** What a name without a database stands for. */
  database: string;
  /** Values of `{name:Type}` as text, in the escaping of the HTTP interface. */
  params: Readonly<Record<string, string>>;
}

/** A statement that may run. Only its canonical text is left; what the user wrote is not used any more. */
export interface Admitted {
  /** `select` can be streamed; `show` is short; `insert` takes its rows from the body; `command` changes something. */
  kind: 'select' | 'show' | 'insert' | 'command';
  /**
   * Canonical, names of the system's tables replaced by what the role may see, without FORMAT and SETTINGS. A `command`
   * keeps its settings here.
   */
  sql: string;
  /**
   * What the connection's current database has to be, for commands too: names without a database stand for its tables,
   * and in the embedded engine's own `default` they would be names of files.
   */
  database: string;
  /** Of the FORMAT clause. */
  format: string | null;
  /** Of the SETTINGS clause; harmless ones only. */
  settings: Readonly<Record<string, string>>;
  /** Where the rows of an `insert` go. */
  insert: {
    table: string;
    /** None: all of the table, in its order. */
    columns: readonly string[];
    /** Rows that stood in the statement itself; the body goes on behind them. */
    data: string | null;
  } | null;
}

/** What one query may use. The engine holds it to these, and no query can lift them. */
export interface QueryLimits {
  seconds: number;
  memoryBytes: number;
  rowsRead: number;
  rowsReturned: number;
  /** Of a result in a format that the engine can only write when it has all of it: Parquet, JSONColumns, Pretty. */
  resultBytes: number;
}

export interface QueryContext {
  /** Unique, of letters, digits and hyphens: it names the query in the engine, so that it can be ended. */
  id: string;
  role: Role;
  database: string;
  params: Readonly<Record<string, string>>;
  /** From the address; harmless ones only, checked by `harmlessSettings`. */
  settings: Readonly<Record<string, string>>;
  /** ClickHouse's name of the output format; of the input format for an insert. */
  format: string;
  limits: QueryLimits;
  /** Aborted when the client hangs up: the query is ended in the engine, too. */
  signal: AbortSignal;
  /** Told about every 100 ms while nothing of the result is there yet. */
  onProgress?: ((progress: Progress) => void) | undefined;
}

export interface Progress {
  readRows: number;
  readBytes: number;
  /** 0 where the engine does not know. */
  totalRowsToRead: number;
  elapsedSeconds: number;
}

export interface QuerySummary {
  /** Null where the engine does not say it: the embedded one knows it while a query runs, and not at its end. */
  readRows: number | null;
  readBytes: number | null;
  writtenRows: number;
  writtenBytes: number;
  resultRows: number;
  resultBytes: number;
  elapsedSeconds: number;
}

/** The result of a query, as it comes. What is not read to its end has to be returned: `chunks.return()` ends it. */
export interface Answer {
  /** One document, whatever the format, in pieces that may end anywhere. */
  chunks: AsyncIterableIterator<Uint8Array>;
  /** The query had not ended within the first megabyte: an error may still follow. Else all is there and well. */
  isStreamed: boolean;
  /** What is known by now; final when `chunks` has ended. */
  summary(): QuerySummary;
  /** Whoever is done with a piece may say so, once: its memory takes another piece, of whatever query. */
  recycle?: (piece: Uint8Array) => void;
}

export interface EngineStatus {
  /** Of the engine: `26.7.1`. */
  version: string;
  pendingMigrations: number;
  /** Held by queries that run now. */
  memoryBytes: number;
  connections: Readonly<Record<'reading' | 'writing', { open: number; busy: number }>>;
}

/**
 * The warehouse for those who do not own it: every statement passes the gate of its role, runs within limits, and can
 * be ended. Reading and writing have connections of their own. Opened by `openServedWarehouse`.
 *
 * Whatever is refused or fails is a `QueryError` with ClickHouse's number and words, or a `BellwetherError` where the
 * cause lies outside the query (`disk-full`, `server-unreachable` …).
 */
export interface ServedWarehouse {
  /** For the server's own questions: freshness, metrics of the collectors. */
  readonly warehouse: Warehouse;
  admit(request: GateRequest): Promise<Admitted>;
  /** Of `select`, `show` or `command`. Resolves when the first piece is there, or the whole of what cannot be streamed. */
  run(admitted: Admitted, context: QueryContext): Promise<Answer>;
  /** Stores all rows of the body as one part, or none. */
  insert(admitted: Admitted, context: QueryContext, body: AsyncIterable<Uint8Array>): Promise<QuerySummary>;
  status(): Promise<EngineStatus>;
  /** Ends running queries after `graceMs`, waits for writes, lets go of the folder. Safe to call twice. */
  close(graceMs?: number): Promise<void>;
}
