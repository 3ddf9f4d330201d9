import { cancelled, shuttingDown } from './served-errors.ts';

/** A collector sends its next batch within this time; readers who filled the gap would be in its way. */
const STILL_WRITING_MS = 500;
/** A query that takes longer than this holds up no other reader any more. */
const LONG_MS = 1_000;
/**
 * So many times as long as a query took, its place stays empty: readers in an endless row would have a whole core, and
 * what a writer does beside its inserts (making rows, sending them) needs that one, too.
 */
const REST = 1;
const LONGEST_REST_MS = 250;
/** Of the readers’ threads; the engine leaves them alone where the account lacks CAP_SYS_NICE. */
const NICE = '10';

interface Waiter {
  letIn: () => void;
  refuse: (error: Error) => void;
}

/**
 * Lets few readers in at a time while somebody writes: the engine gives every query its share of the processor, and a
 * writer among many readers would get next to none. Readers do not wait for long ones, which a slow client may hold
 * up, nor for the writer itself.
 */
export class WritersFirst {
  /** How many queries read beside a writer, long ones left out, and how many threads each of them has. */
  readonly #places: number;
  readonly #waiting = new Set<Waiter>();
  #reading = 0;
  #writing = 0;
  #over: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(places: number) {
    this.#places = places;
  }

  get isWriting(): boolean {
    return this.#writing > 0 || this.#over !== undefined;
  }

  /** What makes a query that reads leave the processor to somebody who writes. */
  settings({ max_threads }: Readonly<Record<string, string>>): Record<string, string> {
    if (!this.isWriting) return {};
    const asked = Number(max_threads);
    const threads = asked > 0 ? Math.min(asked, this.#places) : this.#places;
    return { max_threads: String(threads), os_threads_nice_value_query: NICE };
  }

  async write<T>(work: () => Promise<T>): Promise<T> {
    this.#writing++;
    clearTimeout(this.#over);
    try {
      return await work();
    } finally {
      this.#writing--;
      clearTimeout(this.#over);
      this.#over = setTimeout(() => {
        this.#over = undefined;
        this.#letIn();
      }, STILL_WRITING_MS).unref();
    }
  }

  /**
   * @returns what is to be called when the query is over; calling it twice does no harm
   * @throws QueryError 394 when the signal was aborted, 236 when the warehouse was closed
   */
  async read(signal: AbortSignal): Promise<() => void> {
    if (this.#isClosed) throw shuttingDown();
    if (signal.aborted) throw cancelled();
    if (this.#hasRoom()) this.#reading++;
    else await this.#wait(signal);
    const begun = performance.now();
    let isCounted = true;
    const leave = (): void => {
      clearTimeout(long);
      if (!isCounted) return;
      isCounted = false;
      this.#leave(performance.now() - begun);
    };
    const long = setTimeout(leave, LONG_MS).unref();
    return leave;
  }

  /** Whoever waits is refused. */
  close(): void {
    this.#isClosed = true;
    for (const waiter of this.#waiting) waiter.refuse(shuttingDown());
    this.#waiting.clear();
  }

  #leave(tookMs: number): void {
    const free = (): void => {
      this.#reading--;
      this.#letIn();
    };
    if (this.isWriting) setTimeout(free, Math.min(tookMs * REST, LONGEST_REST_MS)).unref();
    else free();
  }

  #hasRoom(): boolean {
    return !this.isWriting || this.#reading < this.#places;
  }

  #letIn(): void {
    for (const waiter of this.#waiting) {
      if (!this.#hasRoom()) return;
      this.#waiting.delete(waiter);
      this.#reading++;
      waiter.letIn();
    }
  }

  #wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const hangUp = (): void => {
        this.#waiting.delete(waiter);
        reject(cancelled());
      };
      const waiter: Waiter = {
        letIn: () => {
          signal.removeEventListener('abort', hangUp);
          resolve();
        },
        refuse: (error) => {
          signal.removeEventListener('abort', hangUp);
          reject(error);
        },
      };
      this.#waiting.add(waiter);
      signal.addEventListener('abort', hangUp, { once: true });
    });
  }
}
