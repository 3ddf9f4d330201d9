import type { Clock } from '@bellwether/core';

/**
 * Something that costs a question to the engine and that many may want to know at once: asked at most once in a while,
 * by one of them for all. A failure is not remembered.
 */
export class CachedReading<Value> {
  readonly #read: () => Promise<Value>;
  readonly #keepMs: number;
  readonly #clock: Clock;
  #last: { value: Value; at: number } | null = null;
  #asking: Promise<Value> | null = null;

  constructor(read: () => Promise<Value>, keepMs: number, clock: Clock) {
    this.#read = read;
    this.#keepMs = keepMs;
    this.#clock = clock;
  }

  get(): Promise<Value> {
    const last = this.#last;
    if (last && this.#clock.now() - last.at < this.#keepMs) return Promise.resolve(last.value);
    this.#asking ??= this.#ask();
    return this.#asking;
  }

  /** What is known has just changed. An answer that is on its way may be older, and is not kept either. */
  forget(): void {
    this.#last = null;
    this.#asking = null;
  }

  #ask(): Promise<Value> {
    const asking = this.#read().then((value) => {
      if (this.#asking === asking) this.#last = { value, at: this.#clock.now() };
      return value;
    });
    const done = (): void => {
      if (this.#asking === asking) this.#asking = null;
    };
    asking.then(done, done);
    return asking;
  }
}
