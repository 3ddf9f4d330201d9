import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { openServedWarehouse, type ServeOptions } from '../src/serving/open-served-warehouse.ts';
import { QueryError } from '../src/serving/query-error.ts';
import type { Admitted, Answer, QueryContext, ServedWarehouse } from '../src/serving/served-warehouse.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A served warehouse for one test file, with an empty table `metrics.numbers (n, word, maybe)`. */
export function servedWarehouse(options: ServeOptions = {}): {
  readonly path: string;
  readonly served: ServedWarehouse;
} {
  const path = join(temporaryFolder(), 'data');
  let opened: ServedWarehouse | undefined;
  beforeAll(async () => {
    opened = await openServedWarehouse({ path }, options);
    await opened.warehouse.command('CREATE DATABASE metrics');
    await opened.warehouse.command(
      "CREATE TABLE metrics.numbers (n UInt64, word String DEFAULT 'none', maybe Nullable(String)) ENGINE = MergeTree ORDER BY n",
    );
  });
  afterAll(() => opened?.close(0));
  return {
    path,
    get served() {
      if (!opened) throw new Error('opened before the first test');
      return opened;
    },
  };
}

let count = 0;

/** What the gate would make of a statement that it admits. */
export function admitted(sql: string, kind: Admitted['kind'] = 'select'): Admitted {
  return { kind, sql, database: 'metrics', format: null, settings: {}, insert: null };
}

export function inserting(columns: string[] = [], table = 'metrics.numbers'): Admitted {
  return { ...admitted(`INSERT INTO ${table}`, 'insert'), insert: { table, columns, data: null } };
}

export const limits = {
  seconds: 60,
  memoryBytes: 2_000_000_000,
  rowsRead: 1_000_000_000_000_000,
  rowsReturned: 1_000_000_000,
  resultBytes: 1_000_000_000,
};

export function context(changes: Partial<QueryContext> = {}): QueryContext {
  return {
    id: `query-${String(++count)}`,
    role: 'operator',
    database: 'metrics',
    params: {},
    settings: {},
    format: 'TSV',
    limits,
    signal: new AbortController().signal,
    ...changes,
  };
}

export async function bytesOf(answer: Promise<Answer>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of (await answer).chunks) pieces.push(piece);
  return Buffer.concat(pieces);
}

export async function textOf(answer: Promise<Answer>): Promise<string> {
  return (await bytesOf(answer)).toString();
}

/** @throws when the promise does not fail, or not with what a client of ClickHouse can be told */
export async function refusal(promise: Promise<unknown>): Promise<QueryError> {
  const error = await promise.then(
    () => new Error('It did not fail'),
    (reason: unknown) => reason,
  );
  if (error instanceof QueryError) return error;
  throw error as Error;
}

export async function* body(...pieces: (string | Uint8Array)[]): AsyncGenerator<Uint8Array, void, undefined> {
  for (const piece of pieces) yield await Promise.resolve(Buffer.from(piece));
}
