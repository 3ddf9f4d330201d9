import { Readable } from 'node:stream';
import type { ClickHouseClient } from '@clickhouse/client';
import type { Place } from '../engine-errors.ts';
import { insertSettings } from '../engine.ts';
import { quoteName } from '../gate/sql-tokens.ts';
import type { Warehouse } from '../warehouse.ts';
import { firstRowsSettings } from './first-rows.ts';
import { QueryError } from './query-error.ts';
import { limitSettings, readingSettings, refuseInnerSettings } from './query-settings.ts';
import { findInputFormat, type ResultFormats } from './result-formats.ts';
import { cancelled, shuttingDown, toServedError } from './served-errors.ts';
import type {
  Admitted,
  Answer,
  EngineStatus,
  GateRequest,
  QueryContext,
  QuerySummary,
  ServedWarehouse,
} from './served-warehouse.ts';
import { summaryOf } from './server-summary.ts';

export interface ServerParts {
  host: string;
  client: ClickHouseClient;
  warehouse: Warehouse;
  admit: (request: GateRequest) => Promise<Admitted>;
  formats: ResultFormats;
  pendingMigrations: () => Promise<readonly string[]>;
  /** Of whatever else was opened for it. */
  release: () => Promise<void>;
}

type ExecResult = Awaited<ReturnType<ClickHouseClient['exec']>>;

const GRACE_MS = 10_000;

/**
 * A ClickHouse server for users of ours: it sees one account, and who may do what is decided here. Settings travel with
 * each request, and the server knows our queries by the ids that we give them.
 */
export class ServerServedWarehouse implements ServedWarehouse {
  readonly warehouse: Warehouse;
  readonly #parts: ServerParts;
  readonly #place: Place;
  readonly #reading = new Set<AbortController>();
  #writing = 0;
  #closing: Promise<void> | undefined;

  constructor(parts: ServerParts) {
    this.#parts = parts;
    this.warehouse = parts.warehouse;
    this.#place = { kind: 'server', name: parts.host };
  }

  async admit(request: GateRequest): Promise<Admitted> {
    if (this.#closing) throw shuttingDown();
    try {
      return await this.#parts.admit(request);
    } catch (error) {
      // The gate's own engine is closed under a statement that waits for it.
      throw this.#closing && !(error instanceof QueryError) ? shuttingDown() : error;
    }
  }

  async run(admitted: Admitted, context: QueryContext): Promise<Answer> {
    if (this.#closing) throw shuttingDown();
    if (context.signal.aborted) throw cancelled();
    const format = this.#parts.formats.find(context.format);
    const requested = { ...context.settings, ...admitted.settings };
    const isCommand = admitted.kind === 'command';
    if (!isCommand) refuseInnerSettings(admitted.sql);
    const settings = isCommand
      ? { ...requested, ...limitSettings(requested, context.limits) }
      : readingSettings(
          firstRowsSettings(admitted.sql, requested, context.limits),
          context.limits,
          format.isHeldWhole,
        );
    const own = new AbortController();
    const hangUp = (): void => {
      own.abort();
      if (!isCommand) this.#kill(context.id);
    };
    context.signal.addEventListener('abort', hangUp, { once: true });
    this.#reading.add(own);
    const over = (): void => {
      context.signal.removeEventListener('abort', hangUp);
      this.#reading.delete(own);
    };
    try {
      const result = await this.#exec(admitted.sql, admitted, context, {
        settings: {
          ...settings,
          default_format: format.name,
          ...valuesOf(context),
          // Beside KILL, which the account may not be allowed.
          ...(isCommand ? {} : { cancel_http_readonly_queries_on_client_close: 1 }),
        },
        // A command runs to its end, whoever has gone.
        ...(isCommand ? {} : { abort_signal: own.signal }),
      });
      return this.#answer(result, context, over, hangUp);
    } catch (error) {
      over();
      throw context.signal.aborted ? cancelled() : toServedError(error, this.#place);
    }
  }

  async insert(
    admitted: Admitted,
    context: QueryContext,
    body: AsyncIterable<Uint8Array>,
  ): Promise<QuerySummary> {
    if (this.#closing) throw shuttingDown();
    if (!admitted.insert) throw new Error('This statement takes no rows');
    const { table, columns, data } = admitted.insert;
    const list = columns.length === 0 ? '' : ` (${columns.map(quoteName).join(', ')})`;
    const sql = `INSERT INTO ${table.split('.').map(quoteName).join('.')}${list} FORMAT ${findInputFormat(context.format)}`;
    const requested = { ...context.settings, ...admitted.settings };
    const { max_execution_time, max_memory_usage } = limitSettings(requested, context.limits);
    this.#writing++;
    try {
      const { stream, summary } = await this.#exec(sql, admitted, context, {
        settings: { ...requested, max_execution_time, max_memory_usage, ...ONE_PART },
        values: Readable.from(joined(data, body), { objectMode: false }),
        abort_signal: context.signal,
      });
      stream.resume();
      return summaryOf(summary);
    } catch (error) {
      throw context.signal.aborted ? cancelled() : toServedError(error, this.#place, table);
    } finally {
      this.#writing--;
    }
  }

  async status(): Promise<EngineStatus> {
    const sql = 'SELECT version() AS version, sum(memory_usage) AS memory FROM system.processes';
    const [[row], pending] = await Promise.all([
      this.warehouse.query<{ version: string; memory: number }>(sql),
      this.#parts.pendingMigrations(),
    ]);
    return {
      version: row?.version ?? '',
      pendingMigrations: pending.length,
      memoryBytes: row?.memory ?? 0,
      connections: {
        reading: { open: this.#reading.size, busy: this.#reading.size },
        writing: { open: this.#writing, busy: this.#writing },
      },
    };
  }

  close(graceMs = GRACE_MS): Promise<void> {
    this.#closing ??= this.#close(graceMs);
    return this.#closing;
  }

  async #close(graceMs: number): Promise<void> {
    const until = performance.now() + graceMs;
    const isBusy = (): boolean => this.#reading.size > 0 || this.#writing > 0;
    while (isBusy() && performance.now() < until) await later(LOOK_AGAIN_MS);
    for (const query of this.#reading) query.abort();
    await this.#parts.client.close();
    await this.#parts.release();
    await this.warehouse.close();
  }

  #exec(
    query: string,
    { database }: Admitted,
    { id }: QueryContext,
    { settings, ...options }: ExecOptions,
  ): Promise<ExecResult> {
    return this.#parts.client.exec({
      query,
      query_id: id,
      http_headers: { 'X-ClickHouse-Database': database },
      // The answer begins when the query has succeeded: half a result cannot pass for a whole one.
      clickhouse_settings: { ...settings, wait_end_of_query: 1 },
      ...options,
    });
  }

  #answer({ stream, summary }: ExecResult, context: QueryContext, over: () => void, end: () => void): Answer {
    const pieces = stream[Symbol.asyncIterator]() as AsyncIterableIterator<Uint8Array>;
    const place = this.#place;
    const chunks: AsyncIterableIterator<Uint8Array> = {
      async next() {
        try {
          const piece = await pieces.next();
          if (piece.done === true) over();
          return piece;
        } catch (error) {
          over();
          throw context.signal.aborted ? cancelled() : toServedError(error, place);
        }
      },
      return() {
        end();
        over();
        stream.destroy();
        return Promise.resolve({ done: true, value: undefined });
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
    return { chunks, isStreamed: true, summary: () => summaryOf(summary) };
  }

  /** Where it fails, the query meets its limit of time; whoever asked has gone already. */
  #kill(id: string): void {
    this.#parts.client
      .command({ query: 'KILL QUERY WHERE query_id = {id:String} ASYNC', query_params: { id } })
      .catch(() => undefined);
  }
}

interface ExecOptions {
  settings: Readonly<Record<string, string | number>>;
  values?: Readable;
  abort_signal?: AbortSignal;
}

/** As they came: the client would escape them once more, and the engine takes no escaped quotes in an array. */
function valuesOf({ params }: QueryContext): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [`param_${name}`, value]));
}

const LOOK_AGAIN_MS = 50;

/** As on the embedded engine: see `insert-rows.ts`. */
const ONE_PART = {
  ...insertSettings,
  min_insert_block_size_rows: 1_000_000_000,
  input_format_values_interpret_expressions: 0,
};

async function* joined(
  data: string | null,
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (data !== null) yield Buffer.from(data);
  yield* body;
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
