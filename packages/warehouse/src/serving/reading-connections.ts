import type { Session } from 'chdb';
import { LastingPipe } from './lasting-pipe.ts';
import { cancelled, shuttingDown } from './served-errors.ts';

/** A connection for one query, and the pipe that its result comes through. */
export interface ReadingConnection {
  session: Session;
  pipe: LastingPipe;
  /** The database that the connection stands in; undefined when that is not known. */
  database: string | undefined;
}

interface Waiter {
  resolve: (connection: ReadingConnection) => void;
  reject: (error: Error) => void;
}

/**
 * As many connections as there are pipes, opened as they are needed. Whoever comes when all are busy waits in line,
 * until its signal says that nobody waits for the answer any more.
 *
 * They hold no settings of a user: what a query may do and use stands in its own SETTINGS clause, so any connection
 * serves anybody.
 */
export class ReadingConnections {
  readonly #connect: () => Promise<Session>;
  readonly #freePipes: LastingPipe[];
  readonly #idle: ReadingConnection[] = [];
  readonly #waiting: Waiter[] = [];
  #open = 0;
  #closed = false;

  constructor(pipes: readonly string[], connect: () => Promise<Session>) {
    this.#freePipes = pipes.map((path) => new LastingPipe(path));
    this.#connect = connect;
  }

  get open(): number {
    return this.#open;
  }

  get busy(): number {
    return this.#open - this.#idle.length;
  }

  /** @throws QueryError 394 when the signal was aborted, 236 when the warehouse was closed */
  async acquire(signal: AbortSignal): Promise<ReadingConnection> {
    if (this.#closed) throw shuttingDown();
    if (signal.aborted) throw cancelled();
    // The one that was used last: its caches are warm.
    const idle = this.#idle.pop();
    if (idle) return idle;
    const pipe = this.#freePipes.pop();
    return pipe ? this.#openOne(pipe) : this.#wait(signal);
  }

  /** @param database where its last statement left it */
  release(connection: ReadingConnection, database: string): void {
    connection.database = database;
    this.#pass(connection);
  }

  /**
   * For a connection whose statement failed or was ended: what the engine still holds of it, memory included, goes away
   * with the next statement only. Its pipe is closed, so that nothing of it comes before the next result.
   */
  async clear(connection: ReadingConnection): Promise<void> {
    await connection.pipe.close();
    try {
      await connection.session.queryAsync('USE system');
      this.release(connection, 'system');
    } catch {
      // A connection that cannot even do that is good for nothing.
      this.#retire(connection);
    }
  }

  #pass(connection: ReadingConnection): void {
    const next = this.#waiting.shift();
    if (next) next.resolve(connection);
    else if (this.#closed) this.#close(connection);
    else this.#idle.push(connection);
  }

  #retire(connection: ReadingConnection): void {
    this.#close(connection);
    const pipe = this.#waiting.length > 0 ? this.#freePipes.pop() : undefined;
    if (!pipe) return;
    this.#openOne(pipe).then(
      (opened) => {
        this.#pass(opened);
      },
      (error: unknown) => this.#waiting.shift()?.reject(error as Error),
    );
  }

  /** Closes what is idle now, and the others when they come back. */
  close(): void {
    this.#closed = true;
    for (const waiter of this.#waiting.splice(0)) waiter.reject(shuttingDown());
    for (const connection of this.#idle.splice(0)) this.#close(connection);
  }

  async #openOne(pipe: LastingPipe): Promise<ReadingConnection> {
    this.#open++;
    try {
      return { session: await this.#connect(), pipe, database: undefined };
    } catch (error) {
      this.#open--;
      this.#freePipes.push(pipe);
      throw error;
    }
  }

  #close(connection: ReadingConnection): void {
    this.#open--;
    connection.session.close();
    void connection.pipe.close();
    this.#freePipes.push(connection.pipe);
  }

  #wait(signal: AbortSignal): Promise<ReadingConnection> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        const at = this.#waiting.indexOf(waiter);
        if (at >= 0) this.#waiting.splice(at, 1);
        waiter.reject(cancelled());
      };
      const waiter: Waiter = {
        resolve: (connection) => {
          signal.removeEventListener('abort', leave);
          resolve(connection);
        },
        reject: (error) => {
          signal.removeEventListener('abort', leave);
          reject(error);
        },
      };
      this.#waiting.push(waiter);
      signal.addEventListener('abort', leave, { once: true });
    });
  }
}
