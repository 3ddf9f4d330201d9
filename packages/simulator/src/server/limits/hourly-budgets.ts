import type { Clock } from '@bellwether/core';

export type Resource = 'core' | 'graphql';

/** What stands in the `x-ratelimit-*` headers and in `rateLimit`. */
export interface BudgetState {
  readonly resource: Resource;
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  /** Milliseconds since 1970, on a whole second. */
  readonly resetAt: number;
}

interface Window {
  used: number;
  resetAt: number;
  /** Points that time-outs take from the next hour. */
  owed: number;
}

const HOUR_MS = 3_600_000;

/** An endless budget still shows a number: a header cannot say "infinite". */
const ENDLESS = 1_000_000_000;

/** The primary limit: points per hour of each user or installation, from its first request on. */
export class HourlyBudgets {
  readonly #limitOf: (owner: string, resource: Resource) => number;
  readonly #clock: Clock;
  readonly #windows = new Map<string, Window>();

  constructor(limitOf: (owner: string, resource: Resource) => number, clock: Clock) {
    this.#limitOf = limitOf;
    this.#clock = clock;
  }

  state(owner: string, resource: Resource): BudgetState {
    const { used, resetAt } = this.#window(owner, resource);
    const limit = Math.min(this.#limitOf(owner, resource), ENDLESS);
    return { resource, limit, used, remaining: Math.max(0, limit - used), resetAt };
  }

  /** False when not so many are left; the budget is used up then. */
  spend(owner: string, resource: Resource, points: number): boolean {
    const { remaining } = this.state(owner, resource);
    this.#window(owner, resource).used += Math.min(points, remaining);
    return remaining >= points;
  }

  /** A time-out costs extra, in the next hour. */
  owe(owner: string, resource: Resource, points: number): void {
    this.#window(owner, resource).owed += points;
  }

  #window(owner: string, resource: Resource): Window {
    const key = `${owner} ${resource}`;
    const now = this.#clock.now();
    const known = this.#windows.get(key);
    if (known !== undefined && now < known.resetAt) return known;
    const window = {
      used: known?.owed ?? 0,
      resetAt: Math.floor(now / 1000) * 1000 + HOUR_MS,
      owed: 0,
    };
    this.#windows.set(key, window);
    return window;
  }
}
