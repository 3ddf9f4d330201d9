import { availableParallelism } from 'node:os';
import type { EmbeddedEngine } from '../embedded-engine.ts';
import type { Place } from '../engine-errors.ts';
import { quoteName, quoteString } from '../gate/sql-tokens.ts';
import type { Warehouse } from '../warehouse.ts';
import { firstRowsSettings } from './first-rows.ts';
import { insertRows } from './insert-rows.ts';
import { commentOf, type QueryControl } from './query-control.ts';
import { QueryError } from './query-error.ts';
import { limitSettings, readingSettings, refuseInnerSettings, settingsList } from './query-settings.ts';
import { bindValues, withUserNames } from './query-values.ts';
import type { ReadingConnections } from './reading-connections.ts';
import type { ResultFormats } from './result-formats.ts';
import { runCommand } from './run-command.ts';
import { RunningQuery } from './running-query.ts';
import { shuttingDown, toServedError } from './served-errors.ts';
import type {
  Admitted,
  Answer,
  EngineStatus,
  GateRequest,
  QueryContext,
  QuerySummary,
  ServedWarehouse,
} from './served-warehouse.ts';
import { WritersFirst } from './writers-first.ts';

export interface EmbeddedParts {
  path: string;
  /** For bodies and pipes; emptied by whoever made it. */
  scratchFolder: string;
  engine: EmbeddedEngine;
  warehouse: Warehouse;
  admit: (request: GateRequest) => Promise<Admitted>;
  connections: ReadingConnections;
  control: QueryControl;
  formats: ResultFormats;
  pendingMigrations: () => Promise<readonly string[]>;
  /** After the last query and before the engine is closed. */
  beforeRelease: () => Promise<void>;
}

const GRACE_MS = 10_000;
/** One core is left to a writer. */
const CORES_BESIDE_WRITER = Math.max(1, availableParallelism() - 1);

/** The embedded engine for many users at once. */
export class EmbeddedServedWarehouse implements ServedWarehouse {
  readonly warehouse: Warehouse;
  readonly #parts: EmbeddedParts;
  readonly #place: Place;
  readonly #running = new Set<RunningQuery>();
  readonly #writing = new Set<Promise<unknown>>();
  readonly #writersFirst = new WritersFirst(CORES_BESIDE_WRITER);
  /** For bodies that are still on their way when the grace is over. */
  readonly #stop = new AbortController();
  #closing: Promise<void> | undefined;

  constructor(parts: EmbeddedParts) {
    this.#parts = parts;
    this.warehouse = parts.warehouse;
    this.#place = { kind: 'embedded', name: parts.path };
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
    if (admitted.kind === 'insert') throw new Error('An insert takes its rows from a body: see `insert`');
    return admitted.kind === 'command' ? this.#command(admitted, context) : this.#read(admitted, context);
  }

  async insert(
    admitted: Admitted,
    context: QueryContext,
    body: AsyncIterable<Uint8Array>,
  ): Promise<QuerySummary> {
    const { engine, scratchFolder, path } = this.#parts;
    return this.#write(
      () =>
        insertRows(
          { engine, scratchFolder, dataFolder: path, stop: this.#stop.signal },
          admitted,
          context,
          body,
        ),
      (error) => toServedError(error, this.#place, admitted.insert?.table),
    );
  }

  async status(): Promise<EngineStatus> {
    const { control, connections, pendingMigrations } = this.#parts;
    const [{ version, memoryBytes }, pending] = await Promise.all([control.status(), pendingMigrations()]);
    return {
      version,
      pendingMigrations: pending.length,
      memoryBytes,
      connections: {
        reading: { open: connections.open, busy: connections.busy },
        writing: { open: 1, busy: Math.min(1, this.#writing.size) },
      },
    };
  }

  close(graceMs = GRACE_MS): Promise<void> {
    this.#closing ??= this.#close(graceMs);
    return this.#closing;
  }

  async #close(graceMs: number): Promise<void> {
    const { connections, beforeRelease } = this.#parts;
    connections.close();
    this.#writersFirst.close();
    const timer = setTimeout(() => {
      this.#stop.abort();
      for (const query of this.#running) query.end(shuttingDown);
    }, graceMs);
    // An answer that is computed is still read: what is cut off would look like the whole of it.
    await Promise.allSettled([...this.#writing, ...[...this.#running].map((query) => query.gone)]);
    clearTimeout(timer);
    await beforeRelease();
    await this.warehouse.close();
  }

  /** What operators read, collectors above all, is part of what they write. */
  async #read(admitted: Admitted, context: QueryContext): Promise<Answer> {
    if (context.role === 'operator') return this.#readNow(admitted, context, () => undefined);
    const leave = await this.#writersFirst.read(context.signal);
    try {
      return await this.#readNow(admitted, context, leave);
    } catch (error) {
      leave();
      throw error;
    }
  }

  async #readNow(admitted: Admitted, context: QueryContext, leave: () => void): Promise<Answer> {
    const { connections, formats, control } = this.#parts;
    const format = formats.find(context.format);
    refuseInnerSettings(admitted.sql);
    const bound = bindValues(admitted.sql, context.params);
    const { limits } = context;
    const requested = firstRowsSettings(admitted.sql, { ...context.settings, ...admitted.settings }, limits);
    const settings = settingsList({
      ...readingSettings(requested, limits, format.isHeldWhole),
      ...(context.role === 'operator' ? {} : this.#writersFirst.settings(requested)),
    });
    const comment = commentOf(context.id);
    const { database } = admitted;
    const connection = await connections.acquire(context.signal);
    if (this.#closing) {
      connections.release(connection, database);
      throw shuttingDown();
    }
    const use = connection.database === database ? '' : `USE ${quoteName(database)}; `;
    const set = bound.assignments.length === 0 ? '' : `SET ${bound.assignments.join(', ')}; `;
    let query: RunningQuery;
    try {
      query = new RunningQuery({
        sql:
          `${use}${set}${comment} ${bound.sql} ` +
          `INTO OUTFILE ${quoteString(connection.pipe.path)} APPEND FORMAT ${format.name} SETTINGS ${settings}`,
        context,
        seconds: Number(limitSettings(requested, limits).max_execution_time),
        connection,
        control,
        release: async (outcome) => {
          leave();
          if (outcome === 'succeeded') connections.release(connection, database);
          else await connections.clear(connection);
          this.#running.delete(query);
        },
        explain: (error) => this.#explain(error, admitted.sql),
      });
    } catch (error) {
      // No files to be had for the pipe: the query did not begin.
      await connections.clear(connection);
      throw error;
    }
    this.#running.add(query);
    return query.answer();
  }

  async #command(admitted: Admitted, context: QueryContext): Promise<Answer> {
    const { engine, formats } = this.#parts;
    const format = formats.find(context.format);
    return this.#write(
      () => runCommand(engine, admitted, context, format.name),
      (error) => this.#explain(error, admitted.sql),
    );
  }

  async #write<T>(work: () => Promise<T>, explain: (error: unknown) => Error): Promise<T> {
    if (this.#closing) throw shuttingDown();
    const writing = this.#writersFirst.write(work);
    this.#writing.add(writing);
    try {
      return await writing;
    } catch (error) {
      throw explain(error);
    } finally {
      this.#writing.delete(writing);
    }
  }

  #explain(error: unknown, sql: string): Error {
    const explained = toServedError(error, this.#place);
    explained.message = withUserNames(explained.message, sql);
    return explained;
  }
}
