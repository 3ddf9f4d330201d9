import { randomUUID } from 'node:crypto';

/** Who writes. */
export interface Holder {
  pid: number;
  /** `bellwether collect` */
  command: string;
  /** ISO 8601. */
  since: string;
}

/** Somebody else writes. */
export class LeaseHeldError extends Error {
  override readonly name = 'LeaseHeldError';
  readonly holder: Holder;

  constructor(holder: Holder) {
    super(`${holder.command} writes to the warehouse`);
    this.holder = holder;
  }
}

interface Held {
  id: string;
  holder: Holder;
  /** Requests of the holder that are being answered. */
  inFlight: number;
  isReleased: boolean;
}

interface Waiter {
  holder: Omit<Holder, 'since'>;
  grant: (id: string) => void;
}

/**
 * One writer at a time, as a data folder always had: staging tables, cursors and versions rest on it.
 *
 * A holder that was killed may have left a statement that still runs. The next one gets its turn when that has ended,
 * or it would compare with rows that change under its hands.
 */
export class Leases {
  readonly #now: () => number;
  readonly #waiting: Waiter[] = [];
  readonly #end = new AbortController();
  #held: Held | undefined;

  /** @param now ms since 1970 */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Aborted when the server stops: whoever writes is told by a broken connection. */
  get ended(): AbortSignal {
    return this.#end.signal;
  }

  end(): void {
    this.#end.abort();
  }

  /** Whether what a former holder left still runs. */
  get isDraining(): boolean {
    return this.#held?.isReleased === true;
  }

  get holder(): Holder | undefined {
    return this.#held?.holder;
  }

  /**
   * Resolves with the id of the lease.
   *
   * @param signal aborted when the one who asks hangs up; a lease that it has is then to be released
   * @throws LeaseHeldError where it does not wait
   */
  async take(holder: Omit<Holder, 'since'>, waits: boolean, signal: AbortSignal): Promise<string> {
    if (!this.#held) return this.#grant(holder);
    // What a dead holder left takes a moment at most, and is no reason to send anybody away.
    if (!waits && !this.#held.isReleased) throw new LeaseHeldError(this.#held.holder);
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { holder, grant: resolve };
      this.#waiting.push(waiter);
      signal.addEventListener(
        'abort',
        () => {
          const at = this.#waiting.indexOf(waiter);
          if (at < 0) return;
          this.#waiting.splice(at, 1);
          reject(new Error('hung up while waiting for the lease'));
        },
        { once: true },
      );
    });
  }

  release(id: string): void {
    if (this.#held?.id !== id) return;
    this.#held.isReleased = true;
    this.#passOn();
  }

  isHeld(id: string): boolean {
    return this.#held?.id === id && !this.#held.isReleased;
  }

  /** One more request of the holder is being answered; returns what ends that. Undefined: it holds nothing any more. */
  enter(id: string): (() => void) | undefined {
    if (!this.isHeld(id)) return undefined;
    const held = this.#held!;
    held.inFlight++;
    let hasLeft = false;
    return () => {
      if (hasLeft) return;
      hasLeft = true;
      held.inFlight--;
      this.#passOn();
    };
  }

  #passOn(): void {
    if (!this.#held?.isReleased || this.#held.inFlight > 0) return;
    this.#held = undefined;
    const next = this.#waiting.shift();
    if (next) next.grant(this.#grant(next.holder));
  }

  #grant(holder: Omit<Holder, 'since'>): string {
    const since = new Date(this.#now()).toISOString();
    this.#held = { id: randomUUID(), holder: { ...holder, since }, inFlight: 0, isReleased: false };
    return this.#held.id;
  }
}
