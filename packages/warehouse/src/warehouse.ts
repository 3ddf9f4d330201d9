import type { EngineKind } from './engine.ts';
import type { Scope } from './scope.ts';
import type { RowOf, Table } from './table.ts';

/** Values for `{name:Type}` placeholders. Values never become part of the SQL text. */
export type QueryParams = Readonly<Record<string, unknown>>;

/**
 * The one way to the data, whether embedded or a server. Opened by `openWarehouse`, closed by whoever opened it.
 * Rows carry instants as milliseconds since 1970 (UTC); `_version` and `_deleted` are this package's own business.
 */
export interface Warehouse {
  readonly kind: EngineKind;
  /** The cluster whose nodes carry the tables; undefined on one node. */
  readonly cluster: string | undefined;

  /** Runs a SELECT and returns its rows as objects, 64-bit integers as numbers. For results that fit in memory. */
  query<Row = Record<string, unknown>>(sql: string, params?: QueryParams): Promise<Row[]>;

  /** Runs a SELECT whose result is printed as it is, in any ClickHouse format. See `query-formats.ts` for streaming. */
  queryText(sql: string, format: string, params?: QueryParams): AsyncIterable<Uint8Array>;

  /**
   * The current rows of a table (FINAL, tombstones left out), only the columns asked for.
   *
   * @param where SQL after WHERE, with placeholders; all rows where absent
   */
  readRows<T extends Table, Column extends keyof RowOf<T> & string>(
    table: T,
    columns: readonly Column[],
    where?: { sql: string; params?: QueryParams },
  ): Promise<Pick<RowOf<T>, Column>[]>;

  /** Stores rows and returns when they are acknowledged. One call is one insert; see `createWriter` for batching. */
  insert<T extends Table>(table: T, rows: readonly RowOf<T>[], options?: InsertOptions): Promise<void>;

  /** Tombstones rows by their keys. */
  remove<T extends Table>(table: T, keys: readonly Partial<RowOf<T>>[]): Promise<void>;

  /**
   * Makes the rows of one scope (`{ repo: … }`, or `{ repo: [… , …] }` for several) equal `rows`: compares with what is stored and writes only the
   * difference, tombstones included, so that it becomes visible at once. Writes nothing when nothing differs.
   *
   * @throws Error when two rows share a key or a row lies outside the scope: bugs of the caller
   */
  replaceByDifference<T extends Table>(
    table: T,
    scope: Scope<RowOf<T>>,
    rows: readonly RowOf<T>[],
    options?: ReplaceOptions,
  ): Promise<{ written: number; removed: number }>;

  /**
   * The same for rows that a query gives: makes the rows of a scope equal its result, without any of them passing
   * through this program. Only what differs is written, tombstones included; on the embedded engine it becomes visible
   * at once.
   *
   * @param source SQL that gives every column of the table by name, and only rows of the scope, each key once
   */
  replaceByQuery<T extends Table>(
    table: T,
    scope: Scope<RowOf<T>>,
    source: { sql: string; params: QueryParams },
  ): Promise<{ written: number; removed: number }>;

  /**
   * Merges what many small inserts left behind, so that FINAL has nothing to compare: for tables that were just written
   * to and are about to be read. Changes no row that a reader sees. On a server only where very many parts lie about.
   *
   * @param fromRows partitions with fewer rows are left as they are
   * @returns how many partitions were merged
   */
  tidy(tables: readonly Table[], fromRows?: number): Promise<number>;

  /** DDL and the like. One statement. */
  command(sql: string, params?: QueryParams): Promise<void>;

  /** Waits for whatever the engine still computes, then releases the folder. Safe to call twice. */
  close(): Promise<void>;
}

export interface InsertOptions {
  /** `_version` of every row: the source's `updated_at` in ms. Default: collection time, never going backwards. */
  version?: number;
}

export interface ReplaceOptions {
  /** Runs once, after a difference was found and before the first row is written. */
  beforeWrite?: () => Promise<void>;
}
