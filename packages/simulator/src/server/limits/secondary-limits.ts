import type { Clock } from '@bellwether/core';
import type { Limits } from './limits.ts';
import { SlidingMinute } from './sliding-minute.ts';

interface Owner {
  inFlight: number;
  readonly graphqlPoints: SlidingMinute;
  readonly restPoints: SlidingMinute;
  readonly graphqlSeconds: SlidingMinute;
  readonly seconds: SlidingMinute;
  pausedUntil: number;
}

export type LimitedKind = 'graphql' | 'rest';

/** What stops clients that ask too much at once, of each user or installation. */
export class SecondaryLimits {
  readonly #limits: Limits;
  readonly #clock: Clock;
  readonly #owners = new Map<string, Owner>();

  constructor(limits: Limits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Begins a request. Whoever calls it calls `leave` too, also when it was refused. */
  enter(name: string): void {
    this.#owner(name).inFlight += 1;
  }

  leave(name: string): void {
    this.#owner(name).inFlight -= 1;
  }

  /**
   * Null: allowed, and counted. Otherwise how many seconds the client has to wait: the limit that was hit lasts, and
   * asking meanwhile is refused as well.
   */
  refusal(name: string, kind: LimitedKind): number | null {
    const owner = this.#owner(name);
    const now = this.#clock.now();
    if (now >= owner.pausedUntil) {
      if (!this.#isTooMuch(owner, kind)) {
        (kind === 'graphql' ? owner.graphqlPoints : owner.restPoints).add(1);
        return null;
      }
      owner.pausedUntil = now + this.#limits.secondaryPauseSeconds * 1000;
    }
    return Math.ceil((owner.pausedUntil - now) / 1000);
  }

  /** What a request kept the server busy, in seconds. */
  spend(name: string, kind: LimitedKind, seconds: number): void {
    const owner = this.#owner(name);
    owner.seconds.add(seconds);
    if (kind === 'graphql') owner.graphqlSeconds.add(seconds);
  }

  #isTooMuch(owner: Owner, kind: LimitedKind): boolean {
    const limits = this.#limits;
    if (owner.inFlight > limits.concurrentRequests) return true;
    if (owner.seconds.total >= limits.cpuSecondsPerMinute) return true;
    return kind === 'graphql'
      ? owner.graphqlPoints.total >= limits.graphqlPointsPerMinute ||
          owner.graphqlSeconds.total >= limits.graphqlCpuSecondsPerMinute
      : owner.restPoints.total >= limits.restPointsPerMinute;
  }

  #owner(name: string): Owner {
    let owner = this.#owners.get(name);
    if (owner === undefined) {
      owner = {
        inFlight: 0,
        graphqlPoints: new SlidingMinute(this.#clock),
        restPoints: new SlidingMinute(this.#clock),
        graphqlSeconds: new SlidingMinute(this.#clock),
        seconds: new SlidingMinute(this.#clock),
        pausedUntil: -Infinity,
      };
      this.#owners.set(name, owner);
    }
    return owner;
  }
}
