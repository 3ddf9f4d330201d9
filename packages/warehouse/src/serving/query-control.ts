import type { Session } from 'chdb';
import type { Progress } from './served-warehouse.ts';

const AGAIN_AFTER_MS = 50;
const PROGRESS_EVERY_MS = 100;

/**
 * Ends queries and tells how far they are, on a connection of its own. The engine's own id of a query cannot be
 * chosen, so each begins with its id as a comment.
 */
export class QueryControl {
  readonly #session: Session;
  /** A connection runs one statement at a time, and each that waits in the engine would keep a thread. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Ends a query, and keeps at it: one that is still being parsed is not known to the engine yet.
   *
   * @param over resolves when the query has ended
   */
  async end(id: string, over: Promise<unknown>): Promise<void> {
    const ended = over.then(() => true as const);
    for (;;) {
      await this.#ask(`KILL QUERY WHERE ${isQuery(id)} ASYNC`);
      if ((await Promise.race([ended, later(AGAIN_AFTER_MS)])) === true) return;
    }
  }

  /** Tells about a query until `over`. */
  async watch(id: string, over: Promise<unknown>, tell: (progress: Progress) => void): Promise<void> {
    const ended = over.then(() => true as const);
    while ((await Promise.race([ended, later(PROGRESS_EVERY_MS)])) !== true) {
      const progress = await this.progressOf(id);
      if (progress) tell(progress);
    }
  }

  async progressOf(id: string): Promise<Progress | undefined> {
    const text = await this.#ask(
      `SELECT read_rows, read_bytes, total_rows_approx, elapsed FROM system.processes WHERE ${isQuery(id)}`,
    );
    if (text === '') return undefined;
    const [readRows = 0, readBytes = 0, totalRowsToRead = 0, elapsedSeconds = 0] = text
      .split('\t')
      .map(Number);
    return { readRows, readBytes, totalRowsToRead, elapsedSeconds };
  }

  async status(): Promise<{ version: string; memoryBytes: number }> {
    const [version = '', memory] = (
      await this.#ask('SELECT version(), sum(memory_usage) FROM system.processes')
    ).split('\t');
    return { version, memoryBytes: Math.max(0, Number(memory)) };
  }

  /** After what was asked last has its answer: a connection in use would outlive its engine. */
  async close(): Promise<void> {
    await this.#last;
    this.#session.close();
  }

  #ask(sql: string): Promise<string> {
    const answer = this.#last.then(async () => {
      const result = await this.#session.queryAsync(sql, { format: 'TSV' });
      return result.text().trimEnd();
    });
    // Whoever asked gets the error; the next one in line does not care.
    this.#last = answer.catch(() => undefined);
    return answer;
  }
}

/** @throws Error when the id could be anything but an id */
export function commentOf(id: string): string {
  if (!/^[A-Za-z0-9-]{1,100}$/.test(id)) {
    throw new Error('An id of a query has letters, digits and hyphens only');
  }
  return `/* ${id} */`;
}

function isQuery(id: string): string {
  return `startsWith(query, '${commentOf(id)}')`;
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
