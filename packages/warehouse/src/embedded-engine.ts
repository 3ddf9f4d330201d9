import type { Session } from 'chdb';
import { backupLinks } from './backup/backup-statement.ts';
import { hasValues, oneBoundAtATime } from './bound-queries.ts';
import { DiskGuard } from './disk-guard.ts';
import { toWarehouseError } from './engine-errors.ts';
import {
  type Engine,
  insertSettings,
  type InsertTarget,
  type Lane,
  type Limits,
  readOnlySettings,
  rowSettings,
  type RunOptions,
  type Settings,
  textSettings,
} from './engine.ts';

type Chdb = typeof import('chdb');

/**
 * How many queries of a lane run side by side. The engine uses every core for one query, but not all of the time: an
 * insert is parsed and sorted by one, and the last piece of a result waits until this program takes it.
 */
const CONNECTIONS: Readonly<Record<Lane, number>> = { rows: 3, text: 2, stream: 2, write: 1 };

export interface EmbeddedOptions {
  /** Absolute. */
  path: string;
  /** Present: nothing can be written, and every query is held to these limits. */
  readOnly?: Limits | undefined;
  /** What one query may use of the memory; no limit where absent. */
  memoryLimitBytes?: number | undefined;
  /** How many statements may write side by side; by default one, so that nothing is written beside a backup. */
  writers?: number | undefined;
  /** Runs when nothing is computed any more and the folder is about to be let go. */
  beforeRelease?: () => Promise<void>;
}

/**
 * The engine in this process, on a folder.
 *
 * It speaks to chDB's own sessions and not through `@clickhouse/client`: that hook cannot stream a query with bound
 * values, and turns `clickhouse_settings` into a `SET` that stays. Session settings are given here once, when a
 * connection opens; what a single insert needs stands in its own SETTINGS clause.
 */
export class EmbeddedEngine implements Engine {
  readonly kind = 'embedded';
  readonly #chdb: Chdb;
  readonly #options: EmbeddedOptions;
  readonly #disk: DiskGuard;
  readonly #idle: Record<Lane, Session[]> = { rows: [], text: [], stream: [], write: [] };
  readonly #waiting: Record<Lane, Waiter[]> = { rows: [], text: [], stream: [], write: [] };
  readonly #open: Record<Lane, number> = { rows: 0, text: 0, stream: 0, write: 0 };
  readonly #sessions: Session[] = [];
  readonly #running = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  private constructor(chdb: Chdb, options: EmbeddedOptions) {
    this.#chdb = chdb;
    this.#options = options;
    this.#disk = new DiskGuard(options.path);
  }

  /** @throws Error of chDB, which does not say why: see `explainOpenFailure` */
  static async open(options: EmbeddedOptions): Promise<EmbeddedEngine> {
    // Instants are UTC everywhere, and the engine refuses to open under a POSIX zone such as CET-1CEST.
    process.env.TZ = 'UTC';
    // Loaded here and not at the top: commands that need no warehouse start without it.
    const chdb = await import('chdb');
    const engine = new EmbeddedEngine(chdb, options);
    const lane = options.readOnly ? 'text' : 'write';
    engine.#release(lane, await engine.#connect(lane));
    openEngines++;
    return engine;
  }

  run(sql: string, { lane, format, params }: RunOptions): Promise<Uint8Array> {
    return this.#with(lane, async (session) => {
      const failures = lane === 'write' ? await this.#disk.before(session, 0) : undefined;
      const result = hasValues(params)
        ? await oneBoundAtATime(() => session.queryBindAsync(sql, params, { format }))
        : await session.queryAsync(sql, { format });
      if (failures !== undefined) await this.#disk.after(session, failures);
      return result.bytes();
    });
  }

  async *stream(sql: string, { lane, format, params }: RunOptions): AsyncIterable<Uint8Array> {
    const session = await this.#acquire(lane);
    let isSpoilt = false;
    try {
      const chunks = hasValues(params)
        ? await oneBoundAtATime(() => Promise.resolve(session.queryStreamBind(sql, params, { format })))
        : session.queryStream(sql, { format });
      for await (const chunk of chunks) yield chunk.raw();
      // A stream whose connection goes away just ends, and would pass for a whole result.
      if (this.#closing) throw closedError();
    } catch (error) {
      isSpoilt = true;
      throw this.#explain(error);
    } finally {
      if (isSpoilt) this.#retire(lane, session);
      else this.#release(lane, session);
    }
  }

  insert({ table, columns }: InsertTarget, body: Buffer): Promise<void> {
    const request = {
      table,
      columns,
      values: body,
      format: 'JSONCompactEachRow',
      settings: insertSettings,
    } as const;
    return this.#with(
      'write',
      async (session) => {
        const failures = await this.#disk.before(session, body.length);
        await session.insert(request);
        await this.#disk.after(session, failures, table);
      },
      table,
    );
  }

  /**
   * Work of several steps on a connection that writes, guarded against a full disk. Settings made on it have to be
   * taken back. Errors come as the engine gave them.
   *
   * @param options `bytes` that are about to be written; `table` whose new part is taken back when it was cut off
   */
  write<T>(
    work: (session: Session) => Promise<T>,
    options: { bytes?: number; table?: string } = {},
  ): Promise<T> {
    return this.#hold('write', async (session) => {
      const failures = await this.#disk.before(session, options.bytes ?? 0);
      const result = await work(session);
      await this.#disk.after(session, failures, options.table);
      return result;
    });
  }

  /** One more connection, on which settings stay; whoever opens it closes it before the engine. */
  async connect(setup: string): Promise<Session> {
    if (this.#closing) throw closedError();
    const session = new this.#chdb.Session(this.#options.path);
    try {
      await session.queryAsync(setup);
    } catch (error) {
      session.close();
      throw error;
    }
    return session;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    for (const waiter of Object.values(this.#waiting).flat()) waiter.reject(closedError());
    await Promise.allSettled(this.#running);
    await this.#options.beforeRelease?.();
    for (const session of this.#sessions) session.close();
    // `session.close` returns before a connection is gone whose last fetch still runs. The wait is for everything in
    // this process, so it would not end beside another engine that is kept busy; and that one holds the folder anyway.
    if (--openEngines === 0) await this.#chdb.drainPending();
  }

  #with<T>(lane: Lane, work: (session: Session) => Promise<T>, inserting?: string): Promise<T> {
    return this.#hold(lane, work, (error) => this.#explain(error, inserting));
  }

  async #hold<T>(
    lane: Lane,
    work: (session: Session) => Promise<T>,
    explain = (error: unknown): unknown => error,
  ): Promise<T> {
    const session = await this.#acquire(lane);
    const running = work(session);
    this.#running.add(running);
    let isSpoilt = false;
    try {
      return await running;
    } catch (error) {
      isSpoilt = true;
      throw explain(error);
    } finally {
      this.#running.delete(running);
      if (isSpoilt) this.#retire(lane, session);
      else this.#release(lane, session);
    }
  }

  #explain(error: unknown, inserting?: string): Error {
    return toWarehouseError(error, { kind: 'embedded', name: this.#options.path }, inserting);
  }

  #acquire(lane: Lane): Promise<Session> {
    if (this.#closing) return Promise.reject(closedError());
    const idle = this.#idle[lane].pop();
    if (idle) return Promise.resolve(idle);
    if (this.#open[lane] < this.#most(lane)) return this.#connect(lane);
    return new Promise((resolve, reject) => this.#waiting[lane].push({ resolve, reject }));
  }

  #most(lane: Lane): number {
    return lane === 'write' ? (this.#options.writers ?? CONNECTIONS.write) : CONNECTIONS[lane];
  }

  #release(lane: Lane, session: Session): void {
    const next = this.#waiting[lane].shift();
    if (next) next.resolve(session);
    else this.#idle[lane].push(session);
  }

  /**
   * What a query that failed half-way had already put out stays in its connection, and would be the beginning of the
   * next query's result: another number, without an error.
   */
  #retire(lane: Lane, session: Session): void {
    this.#open[lane]--;
    this.#sessions.splice(this.#sessions.indexOf(session), 1);
    session.close();
    const next = this.#waiting[lane].shift();
    if (next) this.#connect(lane).then(next.resolve, next.reject);
  }

  async #connect(lane: Lane): Promise<Session> {
    if (lane === 'write' && this.#options.readOnly) {
      throw new Error('This warehouse is open for reading only.');
    }
    this.#open[lane]++;
    try {
      const session = new this.#chdb.Session(this.#options.path, {
        connectionArgs: [...argumentsOf(this.#settings(lane)), this.#backupArgument()],
      });
      this.#sessions.push(session);
      for (const sql of this.#setup()) await session.queryAsync(sql);
      if (this.#options.readOnly) await leaveSystem(session);
      return session;
    } catch (error) {
      this.#open[lane]--;
      throw error;
    }
  }

  /** For the whole engine: the first connection decides. */
  #backupArgument(): string {
    return `--backups.allowed_path=${backupLinks(this.#options.path)}`;
  }

  #settings(lane: Lane): Settings {
    const { memoryLimitBytes } = this.#options;
    const limit: Settings = memoryLimitBytes === undefined ? {} : { max_memory_usage: memoryLimitBytes };
    if (lane === 'rows') return { ...limit, ...rowSettings };
    return lane === 'text' ? { ...limit, ...textSettings } : limit;
  }

  /**
   * A read-only connection leaves the database `default`, where chDB takes a table name for the name of a file, and
   * gives up the right to change anything, last of all.
   */
  #setup(): string[] {
    if (!this.#options.readOnly) return [];
    const settings = Object.entries(readOnlySettings(this.#options.readOnly));
    return ['USE system', ...settings.map(([name, value]) => `SET ${name} = ${value}`)];
  }
}

/** What the gate takes a name without a database for: everybody may read all of `metrics`, and little of `system`. */
async function leaveSystem(session: Session): Promise<void> {
  const found = await session.queryAsync("SELECT 1 FROM system.databases WHERE name = 'metrics'");
  if (found.bytes().length > 0) await session.queryAsync('USE metrics');
}

let openEngines = 0;

interface Waiter {
  resolve: (session: Session) => void;
  reject: (error: Error) => void;
}

function argumentsOf(settings: Settings): string[] {
  return Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
}

function closedError(): Error {
  return new Error('The warehouse was closed.');
}
