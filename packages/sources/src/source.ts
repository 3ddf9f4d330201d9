import type { Clock, Config } from '@bellwether/core';
import type { RecordRow, RowOf, Table, Warehouse } from '@bellwether/warehouse';
import type { z } from 'zod';

/**
 * Something outside that can be read: clones on this disk, a GitHub.
 *
 * A source declares streams and maps what it reads. It never sleeps, retries, keeps cursors or writes: that is
 * the engine's, once for all of them. What it may assume: a target is collected by one run at a time.
 */
export interface Source<Target = unknown, Session extends SourceSession = SourceSession> {
  /** Kebab-case; stands in `ops.cursors` and in `collect --source <name>`. Never rename. */
  readonly name: string;
  /** Read in this order. A stream that fails does not stop the next one. */
  readonly streams: readonly Stream<Session>[];
  /** What to call the target before it could be opened. No secret, no folder of this machine. */
  describe(target: Target): string;
  /**
   * Gets ready to read one target: finds out what it is, cheaply, without reading it.
   *
   * @throws BellwetherError when the target cannot be read at all
   */
  open(target: Target, context: OpenContext): Promise<Session>;
  /** Refuses a target before anything is written, by throwing. */
  refuse?(session: Session, context: RefuseContext): Promise<void>;
}

/** What `open` found. Streams share it, so that they all speak of the same state of the target. */
export interface SourceSession {
  /** The repository that every row of this target belongs to: `<host>/<owner>/<name>` or `local/<folder>`. */
  readonly repo: string;
  /** False for what is none, such as an organisation (`<host>/<name>`): nothing is derived for it alone. */
  readonly isRepository?: boolean;
}

/** One kind of thing that a source reads. */
export interface Stream<Session extends SourceSession = SourceSession, Cursor = unknown> {
  /** Kebab-case noun; stands in `ops.cursors` and `ops.truncations`. */
  readonly name: string;
  /** The tables it writes row by row. */
  readonly tables: readonly Table[];
  /** The tables of which it replaces a whole scope at once, by difference. */
  readonly replaces: readonly Table[];
  /** The cursor's shape. A stored cursor that does not fit counts as none: the stream reads everything again. */
  readonly cursor: z.ZodType<Cursor>;
  /** Plural noun for progress: `commits`. */
  readonly unit: string;
  /** Whether the cursor says that nothing changed. Must be far cheaper than reading. */
  isCurrent(context: StreamContext<Session, Cursor> & { cursor: Cursor }): boolean | Promise<boolean>;
  /**
   * Reads what is new since the cursor. Each batch is stored before the one after the next is asked for; the
   * engine may stop at any batch and begin again from the last checkpoint, so a row may be given twice.
   */
  read(context: StreamContext<Session, Cursor>): AsyncIterable<Batch<Cursor>>;
  /**
   * Maps payloads of `raw.records` again, without asking the source; gives the same rows as `read` gave with them.
   * A stream that keeps no payloads has none.
   */
  replay?(context: ReplayContext, records: readonly StoredRecord[]): Batch<Cursor> | Promise<Batch<Cursor>>;
}

/** Declares a stream. Only types are at work: the cursor's schema decides what `read` is given. */
export function defineStream<Session extends SourceSession, Cursor>(
  stream: Stream<Session, Cursor>,
): Stream<Session, Cursor> {
  return stream;
}

/** Declares a source. */
export function defineSource<Target, Session extends SourceSession>(
  source: Source<Target, Session>,
): Source<Target, Session> {
  return source;
}

/** All that a source may know besides its target. */
export interface OpenContext {
  readonly config: Config;
  /** Turns identities into person keys; see `personKey`. */
  readonly secret: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Reads what is already stored, for streams that merge or repair. */
  readonly stored: Pick<Warehouse, 'readRows'>;
}

/** What a stored payload is mapped with. */
export interface ReplayContext extends Omit<OpenContext, 'signal'> {
  /** Empty for what belongs to no repository. */
  readonly repo: string;
}

export type StoredRecord = Pick<RecordRow, 'key' | 'fetched_at' | 'payload'>;

export interface RefuseContext extends OpenContext {
  /** The stored cursors by stream name, unparsed. */
  readonly cursors: ReadonlyMap<string, unknown>;
}

export interface StreamContext<Session extends SourceSession, Cursor> extends OpenContext {
  readonly session: Session;
  /** Null: never read, or read by an older version whose cursor has another shape. */
  readonly cursor: Cursor | null;
}

/**
 * A step of a stream. Stored in this order: removals, rows (of several tables at once), snapshots; then, once
 * everything is acknowledged, the checkpoint.
 */
export interface Batch<Cursor> {
  readonly removals?: readonly TableKeys[];
  readonly rows?: readonly TableRows[];
  readonly snapshots?: readonly Snapshot[];
  /** From here a later run can go on. */
  readonly checkpoint?: Cursor;
  /** How many units are read so far; `total` only where it is known. */
  readonly progress?: { readonly done: number; readonly total?: number };
  /** What the user should hear now, with the way out of it. */
  readonly warnings?: readonly string[];
}

export interface TableRows {
  readonly table: Table;
  readonly rows: readonly object[];
}

export interface TableKeys {
  readonly table: Table;
  readonly keys: readonly object[];
}

export interface Snapshot {
  readonly table: Table;
  /** Names and values that choose the scope: all its rows are replaced by `rows`. */
  readonly scope: object;
  readonly rows: readonly object[];
}

/** Rows of a table, checked against its columns. */
export function rowsOf<T extends Table>(table: T, rows: readonly RowOf<T>[]): TableRows {
  return { table, rows };
}

/** Keys of rows that are no more. */
export function keysOf<T extends Table>(table: T, keys: readonly Partial<RowOf<T>>[]): TableKeys {
  return { table, keys };
}

/** The whole of a scope, `{ repo, signal: 'tag' }`: what is stored there and not among `rows` goes away. */
export function snapshotOf<T extends Table>(
  table: T,
  scope: Partial<RowOf<T>>,
  rows: readonly RowOf<T>[],
): Snapshot {
  return { table, scope, rows };
}
