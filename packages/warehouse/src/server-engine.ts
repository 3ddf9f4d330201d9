import { Readable } from 'node:stream';
import type { ClickHouseClient, DataFormat } from '@clickhouse/client';
import { usageError } from '@bellwether/core';
import { toWarehouseError } from './engine-errors.ts';
import { refuseException } from './exception-marker.ts';
import {
  type Engine,
  insertSettings,
  type InsertTarget,
  type Limits,
  readOnlySettings,
  rowSettings,
  type RunOptions,
  type Settings,
  textSettings,
} from './engine.ts';

export interface ServerOptions {
  url: string;
  user?: string | undefined;
  password?: string | undefined;
  readOnly?: Limits | undefined;
  memoryLimitBytes?: number | undefined;
  /** The folder behind it, where it is `bellwether serve` on this machine: see `endpoint/served-engine.ts`. */
  servedFolder?: string | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
}

/** A ClickHouse server over HTTP. Settings travel with each request and stay with it. */
export class ServerEngine implements Engine {
  readonly kind: 'served' | 'server';
  readonly #client: ClickHouseClient;
  readonly #options: ServerOptions;

  private constructor(client: ClickHouseClient, options: ServerOptions) {
    this.kind = options.servedFolder === undefined ? 'server' : 'served';
    this.#client = client;
    this.#options = options;
  }

  /** @throws BellwetherError `server-auth`, `server-unreachable`, `url-credentials` */
  static async open(options: ServerOptions): Promise<ServerEngine> {
    const client = await createServerClient(options);
    const engine = new ServerEngine(client, options);
    await engine.run('SELECT 1', { lane: 'rows', format: 'TSV' });
    return engine;
  }

  async run(sql: string, options: RunOptions): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    for await (const piece of this.stream(sql, options)) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  async *stream(sql: string, { lane, format, params }: RunOptions): AsyncIterable<Uint8Array> {
    if (lane === 'write') this.#assertWritable();
    const settings = lane === 'rows' ? rowSettings : lane === 'text' ? textSettings : {};
    try {
      const { stream, response_headers } = await this.#client.exec({
        query: sql,
        ...(params === undefined ? {} : { query_params: { ...params } }),
        clickhouse_settings: {
          ...settings,
          ...this.#limits(),
          default_format: format as DataFormat,
          // The answer begins when the query has succeeded: half a result cannot pass for a whole one. A served
          // folder holds such an answer in memory, and breaks the connection instead when a result fails half-way.
          ...(this.kind === 'server' ? { wait_end_of_query: 1 } : {}),
        },
      });
      const tag = response_headers['x-clickhouse-exception-tag'];
      yield* refuseException(stream, typeof tag === 'string' ? tag : undefined);
    } catch (error) {
      throw this.#explain(error);
    }
  }

  async insert({ table, columns }: InsertTarget, body: Buffer): Promise<void> {
    this.#assertWritable();
    try {
      const { stream } = await this.#client.exec({
        query: `INSERT INTO ${table} (${columns.join(', ')}) FORMAT JSONCompactEachRow`,
        values: Readable.from([body]),
        clickhouse_settings: { ...insertSettings, wait_end_of_query: 1 },
      });
      for await (const _ of stream as AsyncIterable<Uint8Array>);
    } catch (error) {
      throw this.#explain(error, table);
    }
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  #limits(): Settings {
    const { readOnly, memoryLimitBytes } = this.#options;
    // It holds its users to limits of its own.
    if (this.kind === 'served') return {};
    if (readOnly) return readOnlySettings(readOnly);
    return memoryLimitBytes === undefined ? {} : { max_memory_usage: memoryLimitBytes };
  }

  #assertWritable(): void {
    if (this.#options.readOnly) throw new Error('This warehouse is open for reading only.');
  }

  #explain(error: unknown, inserting?: string): Error {
    const { url, servedFolder } = this.#options;
    return toWarehouseError(error, { kind: this.kind, name: servedFolder ?? new URL(url).host }, inserting);
  }
}

/** @throws BellwetherError `url-credentials`, `url-invalid` */
export async function createServerClient(options: ServerOptions): Promise<ClickHouseClient> {
  refuseCredentials(options.url);
  const { ClickHouseLogLevel, createClient } = await import('@clickhouse/client');
  return createClient({
    url: options.url,
    username: options.user ?? 'default',
    password: options.password ?? '',
    // Names without a database are the system's for a reader, as on the embedded engine.
    ...(options.readOnly ? { database: 'system' } : {}),
    application: 'bellwether',
    request_timeout: options.servedFolder === undefined ? REQUEST_TIMEOUT_MS : LOOPBACK_TIMEOUT_MS,
    ...(options.headers ? { http_headers: options.headers } : {}),
    // Errors reach the user through us; the client's own log would print the query.
    log: { level: ClickHouseLogLevel.OFF },
  });
}

const REQUEST_TIMEOUT_MS = 300_000;
/** Nothing gets lost on the way to this machine itself: a server that has gone is known at once. */
const LOOPBACK_TIMEOUT_MS = 86_400_000;

/** Addresses end up in logs, shell histories and process lists. The address itself is not repeated here either. */
function refuseCredentials(address: string): void {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.username === '' && url.password === '' && !/[?&](?:user|password)=/i.test(url.search)) return;
  throw usageError(
    url ? 'url-credentials' : 'url-invalid',
    url
      ? 'The address of the ClickHouse server holds a name or a password.'
      : 'The address of the ClickHouse server is not a URL.',
    'Keep `warehouse.url` to http(s)://<host>:<port>, and set BELLWETHER_CLICKHOUSE_USER and BELLWETHER_CLICKHOUSE_PASSWORD.',
  );
}
