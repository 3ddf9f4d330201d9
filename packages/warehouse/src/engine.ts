import type { QueryParams } from './warehouse.ts';

/**
 * What this package needs from ClickHouse, embedded or served. Everything above it is the same for both.
 *
 * Lanes keep settings and waiting apart. `rows` answers in the shape that `row-codec.ts` reads; `text` and `stream`
 * answer as a person would see it, the first whole and under a size limit, the second piece by piece; `write` changes
 * data and schema. On the embedded engine each lane has connections of its own, because one connection runs one
 * query at a time.
 */
export interface Engine {
  readonly kind: EngineKind;
  /** Runs one statement and returns its whole result. */
  run(sql: string, options: RunOptions): Promise<Uint8Array>;
  /**
   * Runs one SELECT and yields its result piece by piece. On the embedded engine every piece is a document of its
   * own, with its own header and footer: see `query-formats.ts`.
   */
  stream(sql: string, options: RunOptions): AsyncIterable<Uint8Array>;
  /** Stores rows in JSONCompactEachRow as one part; they are stored when it returns. */
  insert(target: InsertTarget, body: Buffer): Promise<void>;
  /** Waits for what the engine still computes, then lets go of it. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * `embedded`: a folder of this process. `served`: a folder of another process on this machine, through its HTTP
 * interface (`bellwether serve`). `server`: ClickHouse, perhaps a cluster.
 */
export type EngineKind = 'embedded' | 'served' | 'server';

export type Lane = 'rows' | 'text' | 'stream' | 'write';

export interface RunOptions {
  lane: Lane;
  /** ClickHouse's name of the output format. */
  format: string;
  params?: QueryParams | undefined;
}

export interface InsertTarget {
  /** `database.table` */
  table: string;
  columns: readonly string[];
}

/** What one query may use. A read-only engine holds every query to it, and no query can lift it. */
export interface Limits {
  seconds: number;
  memoryBytes: number;
}

export type Settings = Readonly<Record<string, string | number>>;

/**
 * On the `rows` lane numbers are plain JSON numbers and instants ISO 8601. Never `unix_timestamp`: of the last second
 * before 1970 it makes `0.-250`.
 */
export const rowSettings: Settings = {
  output_format_json_quote_64bit_integers: 0,
  output_format_json_escape_forward_slashes: 0,
  output_format_json_quote_denormals: 0,
  date_time_output_format: 'iso',
};

/** A result on the `text` lane is held in memory, so it has to end somewhere. */
export const textSettings: Settings = {
  max_result_bytes: 256 * 1024 * 1024,
  result_overflow_mode: 'throw',
  // Threads of its own cost a short answer more than it has to say.
  output_format_parallel_formatting: 0,
};

/**
 * One insert becomes one block, and so one part in each partition that it reaches: of a table without partitions, most
 * of ours, a reader sees all of it or nothing. However many partitions that are, a year of nonsense included.
 * A null for a column that knows none is an error and never a silent zero.
 */
export const insertSettings: Settings = {
  async_insert: 0,
  input_format_parallel_parsing: 0,
  input_format_null_as_default: 0,
  max_insert_block_size: 1_000_000_000,
  max_partitions_per_insert_block: 0,
  min_insert_block_size_rows: 0,
  min_insert_block_size_bytes: 0,
};

/** In this order: nothing can be set any more once `readonly` is. */
export function readOnlySettings({ seconds, memoryBytes }: Limits): Settings {
  return { max_execution_time: seconds, max_memory_usage: memoryBytes, readonly: 1 };
}
