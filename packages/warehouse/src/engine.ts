import type { QueryParams } from './warehouse.ts';

/**
 * What this package needs from ClickHouse, embedded or served. Everything above it is the same for both.
 *
 * Lanes keep settings and waiting apart: `rows` answers in the shape that `row-codec.ts` reads, `text` answers as a
 * person would see it, `write` changes data and schema. On the embedded engine each lane has connections of its own,
 * because one connection runs one query at a time.
 */
export interface Engine {
  readonly kind: 'embedded' | 'server';
  /** Runs one statement and returns the whole result in `format`. */
  run(sql: string, options: RunOptions): Promise<Uint8Array>;
  /** Runs one SELECT and yields its result piece by piece; each piece is complete in itself (see `query-formats.ts`). */
  stream(sql: string, options: RunOptions): AsyncIterable<Uint8Array>;
  /** Runs `INSERT INTO target (columns) FORMAT JSONCompactEachRow`; stored when it returns. */
  insert(target: InsertTarget, body: Buffer): Promise<void>;
  close(): Promise<void>;
}

export type Lane = 'rows' | 'text' | 'write';

export interface RunOptions {
  lane: Lane;
  format: string;
  params?: QueryParams | undefined;
}

export interface InsertTarget {
  table: string;
  columns: readonly string[];
}

/** How numbers and instants look on the `rows` lane: plain JSON numbers, instants as seconds with a fraction. */
export const rowSettings = {
  output_format_json_quote_64bit_integers: 0,
  output_format_json_escape_forward_slashes: 0,
  output_format_json_quote_denormals: 0,
  date_time_output_format: 'unix_timestamp',
} as const;

/**
 * One insert becomes one block and so one part (the tables have no partitions): no reader sees half of it.
 * `input_format_null_as_default = 0`: a null for a column that knows none is an error and never a silent zero.
 */
export const insertSettings = {
  async_insert: 0,
  input_format_parallel_parsing: 0,
  input_format_null_as_default: 0,
  max_insert_block_size: 1_000_000_000,
  min_insert_block_size_rows: 0,
  min_insert_block_size_bytes: 0,
} as const;
