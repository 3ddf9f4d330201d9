import type { Session } from 'chdb';
import type { Engine, InsertTarget, Lane, RunOptions } from './engine.ts';
import { insertSettings, rowSettings } from './engine.ts';
import { engineError } from './engine-errors.ts';

type Chdb = typeof import('chdb');

/** How many queries of a lane run side by side; the engine itself uses every core for one query. */
const CONNECTIONS: Readonly<Record<Lane, number>> = { rows: 2, text: 2, write: 1 };

/**
 * Bound parameters are global state of the embedded engine: two bound queries at once, even on different
 * connections, can read each other's values. One at a time, whoever runs them.
 */
let boundQueries: Promise<unknown> = Promise.resolve();

export interface EmbeddedOptions {
  path: string;
  /** Statements that every connection of the `text` lane begins with. */
  textSetup?: readonly string[] | undefined;
}

/** The embedded engine on a folder. Session settings are given once, when a connection opens, and never changed. */
export class EmbeddedEngine implements Engine {
  readonly kind = 'embedded';
  readonly #chdb: Chdb;
  readonly #options: EmbeddedOptions;
  readonly #idle: Record<Lane, Session[]> = { rows: [], text: [], write: [] };
  readonly #open: Record<Lane, number> = { rows: 0, text: 0, write: 0 };
  readonly #waiting: Record<Lane, ((session: Session) => void)[]> = { rows: [], text: [], write: [] };
  readonly #sessions = new Set<Session>();
  readonly #busy = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  private constructor(chdb: Chdb, options: EmbeddedOptions) {
    this.#chdb = chdb;
    this.#options = options;
  }

  static async open(options: EmbeddedOptions): Promise<EmbeddedEngine> {
    // Loading the engine costs 0.3 s, so nobody pays for it before a warehouse is opened.
    const chdb = await import('chdb');
    const engine = new EmbeddedEngine(chdb, options);
    engine.#release('write', await engine.#connect('write'));
    return engine;
  }

  run(sql: string, { lane, format, params }: RunOptions): Promise<Uint8Array> {
    return this.#with(lane, async (session) => {
      const result = hasValues(params)
        ? await oneBoundAtATime(() => session.queryBindAsync(sql, params, { format }))
        : await session.queryAsync(sql, { format });
      return result.bytes();
    });
  }

  async *stream(sql: string, { lane, format, params }: RunOptions): AsyncIterable<Uint8Array> {
    const session = await this.#acquire(lane);
    try {
      const stream = hasValues(params)
        ? await oneBoundAtATime(() => Promise.resolve(session.queryStreamBind(sql, params, { format })))
        : session.queryStream(sql, { format });
      for await (const chunk of stream) yield chunk.raw();
    } catch (error) {
      throw engineError(error);
    } finally {
      this.#release(lane, session);
    }
  }

  insert({ table, columns }: InsertTarget, body: Buffer): Promise<void> {
    return this.#with('write', async (session) => {
      await session.insert({ table, columns, values: body, format: 'JSONCompactEachRow', settings: insertSettings });
    });
  }

  close(): Promise<void> {
    this.#closing ??= (async () => {
      await Promise.allSettled([...this.#busy]);
      for (const session of this.#sessions) session.close();
      // `close` returns before the connection is gone when the engine still computes.
      await this.#chdb.drainPending();
    })();
    return this.#closing;
  }

  async #with<T>(lane: Lane, work: (session: Session) => Promise<T>): Promise<T> {
    const session = await this.#acquire(lane);
    const done = work(session).catch((error: unknown) => {
      throw engineError(error);
    });
    this.#busy.add(done);
    try {
      return await done;
    } finally {
      this.#busy.delete(done);
      this.#release(lane, session);
    }
  }

  async #acquire(lane: Lane): Promise<Session> {
    if (this.#closing) throw new Error('The warehouse is closed.');
    const idle = this.#idle[lane].pop();
    if (idle) return idle;
    if (this.#open[lane] < CONNECTIONS[lane]) return this.#connect(lane);
    return new Promise((resolve) => this.#waiting[lane].push(resolve));
  }

  #release(lane: Lane, session: Session): void {
    const next = this.#waiting[lane].shift();
    if (next) next(session);
    else this.#idle[lane].push(session);
  }

  async #connect(lane: Lane): Promise<Session> {
    this.#open[lane]++;
    const settings = lane === 'rows' ? Object.entries(rowSettings) : [];
    const session = new this.#chdb.Session(this.#options.path, {
      connectionArgs: settings.map(([name, value]) => `--${name}=${value}`),
    });
    this.#sessions.add(session);
    if (lane === 'text') for (const sql of this.#options.textSetup ?? []) await session.queryAsync(sql);
    return session;
  }
}

function hasValues(params: RunOptions['params']): params is NonNullable<RunOptions['params']> {
  return params !== undefined && Object.keys(params).length > 0;
}

function oneBoundAtATime<T>(work: () => Promise<T>): Promise<T> {
  const result = boundQueries.then(work);
  boundQueries = result.catch(() => {});
  return result;
}
