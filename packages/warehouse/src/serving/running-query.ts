import { recyclePiece } from './lasting-pipe.ts';
import type { QueryControl } from './query-control.ts';
import type { ReadingConnection } from './reading-connections.ts';
import { ResultPipe } from './result-pipe.ts';
import { cancelled, timeExceeded } from './served-errors.ts';
import type { Answer, QueryContext, QuerySummary } from './served-warehouse.ts';

/** So much is held back until the query has ended: an error up to there comes instead of a result, not behind it. */
const HELD_BACK_BYTES = 1024 * 1024;
/** The engine looks at the clock itself, but not while it waits for a reader. */
const CLOCK_GRACE_MS = 1_000;
/** Timers hold 31 bits of milliseconds. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface PipedQuery {
  /** What runs before it, the query with its id in front, its format and settings. */
  sql: string;
  context: QueryContext;
  /** How long it may run: the limit of the role, or less where the request asked for less. */
  seconds: number;
  connection: ReadingConnection;
  control: QueryControl;
  /** Called once, when nothing of the result is left in the pipe, or the query has failed. */
  release: (outcome: 'succeeded' | 'failed') => void | Promise<void>;
  explain: (error: unknown) => Error;
}

type Outcome = { rows: number; bytes: number } | { error: unknown };

/** A query whose result comes through its connection's pipe, from its start until nothing of it is left. */
export class RunningQuery {
  /** Resolves when its result has been read or given up, and its connection given back. */
  readonly gone: Promise<void>;
  #nowGone!: () => void;
  /** Resolves when the engine is done with it, whatever the outcome. */
  readonly #over: Promise<Outcome>;
  readonly #query: PipedQuery;
  readonly #pipe: ResultPipe;
  readonly #startedAt = performance.now();
  readonly #timer: NodeJS.Timeout;
  readonly #hangUp = (): void => {
    this.end(cancelled);
  };
  /** The beginning of a streamed answer, as far as nobody has taken it. */
  #held: readonly Uint8Array[] = [];
  #outcome: Outcome | undefined;
  #endedBecause: Error | undefined;
  #elapsedMs: number | undefined;
  #closing: Promise<void> | undefined;

  constructor(query: PipedQuery) {
    this.#query = query;
    this.gone = new Promise((resolve) => (this.#nowGone = resolve));
    const { connection, context, seconds, sql } = query;
    this.#pipe = new ResultPipe(connection.pipe);
    // Nothing comes this way. Not the format Null, though: SHOW would then have no rows to put into the pipe either.
    this.#over = connection.session.queryAsync(sql, { format: 'TSV' }).then(
      ({ rowsRead, bytesRead }) => this.#settle({ rows: rowsRead, bytes: bytesRead }),
      (error: unknown) => this.#settle({ error }),
    );
    this.#timer = setTimeout(
      () => {
        this.end(() => timeExceeded(this.#elapsedSeconds(), seconds));
      },
      Math.min(seconds * 1000 + CLOCK_GRACE_MS, LONGEST_TIMER_MS),
    );
    if (context.signal.aborted) this.#hangUp();
    else context.signal.addEventListener('abort', this.#hangUp, { once: true });
  }

  /** @throws what the engine said, in the words of `explain` */
  async answer(): Promise<Answer> {
    const answered = this.#tellProgress();
    const held: Uint8Array[] = [];
    let size = 0;
    try {
      for (let piece = await this.#next(); piece !== undefined; piece = await this.#next()) {
        held.push(piece);
        size += piece.length;
        if (size >= HELD_BACK_BYTES) return this.#answer(held, true);
      }
      return this.#answer(held, false);
    } catch (error) {
      await this.close();
      throw error;
    } finally {
      answered();
    }
  }

  /** Ends the query in the engine; whoever waits for its result, or for the rest of it, is told `because`. */
  end(because: () => Error): void {
    if ((this.#pipe.isRead && this.#held.length === 0) || this.#endedBecause) return;
    this.#endedBecause = because();
    this.#pipe.drain();
    // Should the engine not end it, its own limit of time does; there is nothing else left to try.
    if (!this.#outcome) this.#query.control.end(this.#query.context.id, this.#over).catch(() => undefined);
    // Whether or not anybody still reads the answer.
    void this.close();
  }

  /** Ends what still runs or is not read, and gives the connection back. Safe to call twice. */
  close(): Promise<void> {
    if (!this.#closing) {
      this.#closing = this.#over.then((outcome) =>
        this.#giveBack('error' in outcome ? 'failed' : 'succeeded'),
      );
      this.end(cancelled);
    }
    return this.#closing;
  }

  async #giveBack(outcome: 'succeeded' | 'failed'): Promise<void> {
    this.#query.context.signal.removeEventListener('abort', this.#hangUp);
    await this.#query.release(outcome);
    this.#nowGone();
  }

  #settle(outcome: Outcome): Outcome {
    this.#outcome = outcome;
    clearTimeout(this.#timer);
    this.#elapsedMs = performance.now() - this.#startedAt;
    this.#pipe.endWriting();
    return outcome;
  }

  /** The next piece; undefined when all is there and the query succeeded. */
  async #next(): Promise<Uint8Array | undefined> {
    let piece: Uint8Array | undefined;
    try {
      piece = await this.#pipe.next();
    } catch (error) {
      throw this.#endedBecause ?? error;
    }
    if (this.#endedBecause) throw this.#endedBecause;
    if (piece !== undefined) return piece;
    const outcome = await this.#over;
    if ('error' in outcome) throw this.#endedBecause ?? this.#query.explain(outcome.error);
    return undefined;
  }

  #answer(held: Uint8Array[], isStreamed: boolean): Answer {
    // A small result keeps nothing of the engine: the connection serves the next one already.
    if (isStreamed) this.#held = held;
    else void this.close();
    let isOver = false;
    const nextPiece = async (): Promise<Uint8Array | undefined> => {
      if (isOver) return undefined;
      // Not even what is here already: the connection to the client is to break off.
      if (this.#endedBecause) throw this.#endedBecause;
      return held.shift() ?? (isStreamed ? this.#next() : undefined);
    };
    const chunks: AsyncIterableIterator<Uint8Array> = {
      next: async () => {
        let value: Uint8Array | undefined;
        try {
          value = await nextPiece();
        } finally {
          if (value === undefined) {
            isOver = true;
            await this.close();
          }
        }
        return value === undefined ? { done: true, value } : { done: false, value };
      },
      // Not a generator's: that one would do nothing when it is called before the first `next`.
      return: async () => {
        isOver = true;
        await this.close();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
    return { chunks, isStreamed, summary: () => this.#summary(), recycle: recyclePiece };
  }

  /** Until what it returns is called, or the query is over. */
  #tellProgress(): () => void {
    const { control, context } = this.#query;
    const { onProgress } = context;
    if (!onProgress) return () => undefined;
    let answered = (): void => undefined;
    const enough = new Promise<void>((resolve) => (answered = resolve));
    // A courtesy: a query without news of it is as good.
    control.watch(context.id, Promise.race([this.#over, enough]), onProgress).catch(() => undefined);
    return answered;
  }

  #summary(): QuerySummary {
    const done = this.#outcome && 'rows' in this.#outcome ? this.#outcome : { rows: 0, bytes: 0 };
    return {
      // What it said last while it ran is less than what it read.
      readRows: null,
      readBytes: null,
      writtenRows: 0,
      writtenBytes: 0,
      resultRows: done.rows,
      resultBytes: done.bytes,
      elapsedSeconds: this.#elapsedSeconds(),
    };
  }

  #elapsedSeconds(): number {
    return (this.#elapsedMs ?? performance.now() - this.#startedAt) / 1000;
  }
}
