import type { Clock } from '@bellwether/core';
import type { RetryTools } from '@bellwether/sources';
import type { Warehouse } from '@bellwether/warehouse';

/** So many milliseconds of real time without a sign of work mean that everybody waits for the clock. */
const QUIET_MS = 4;

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/**
 * A clock that stands still while anybody works and jumps to the next appointment once everybody sleeps: an hour of
 * waiting for a quota takes seconds, and how fast this machine computes has no part in what is measured.
 *
 * Both sides of the connection live in this process and sleep by it. What it cannot see, a request on its way over
 * the loopback, it gives a few milliseconds.
 */
export class VirtualTime implements Clock {
  #now: number;
  #sleepers: Sleeper[] = [];
  #working = 0;
  #lastSign = 0;
  #timer: NodeJS.Timeout;

  constructor(start: number) {
    this.#now = start;
    this.#timer = setInterval(() => this.#tick(), 1);
  }

  now(): number {
    return this.#now;
  }

  readonly sleep: RetryTools['sleep'] = (ms, signal) =>
    new Promise((resolve) => {
      this.sign();
      const sleeper = {
        until: this.#now + ms,
        wake: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      const leave = (): void => {
        this.#sleepers = this.#sleepers.filter((each) => each !== sleeper);
        resolve();
      };
      this.#sleepers.push(sleeper);
      signal.addEventListener('abort', leave, { once: true });
      if (signal.aborted) leave();
    });

  /** Somebody does something: time has to wait. */
  sign(): void {
    this.#lastSign = performance.now();
  }

  /** The same warehouse; while it is asked or told something, the clock stands still. */
  watched(warehouse: Warehouse): Warehouse {
    return new Proxy(warehouse, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]): unknown => {
          const result: unknown = Reflect.apply(value, target, args);
          return result instanceof Promise ? this.#during(result) : result;
        };
      },
    });
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #during<T>(work: Promise<T>): Promise<T> {
    this.#working++;
    try {
      return await work;
    } finally {
      this.#working--;
      this.sign();
    }
  }

  /** A tick that comes late was kept waiting by work, so it counts as a sign itself. */
  #lastTick = 0;
  #tick(): void {
    const real = performance.now();
    const isLate = real - this.#lastTick > QUIET_MS;
    this.#lastTick = real;
    if (isLate) this.sign();
    if (this.#working > 0 || real - this.#lastSign < QUIET_MS) return;
    let next: Sleeper | undefined;
    for (const each of this.#sleepers) if (next === undefined || each.until < next.until) next = each;
    if (next === undefined) return;
    this.#sleepers = this.#sleepers.filter((each) => each !== next);
    this.#now = Math.max(this.#now, next.until);
    this.sign();
    next.wake();
  }
}
