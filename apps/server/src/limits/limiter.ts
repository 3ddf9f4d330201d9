import { type Role, ROLES } from '@bellwether/core';
import { QueryError } from '@bellwether/warehouse';
import type { Limiter, RoleAllowance } from '../http/collaborators.ts';
import type { RoleShare } from './role-limits.ts';

/** Why a query was not let in. */
export type Rejection = 'queue-full' | 'hung-up' | 'stopping';

export interface RoleLimiter extends Limiter {
  /** How many of a role run and wait now. */
  load(role: Role): { running: number; waiting: number };
  /** From now on nobody of these roles is let in, those who wait included; who is in stays. */
  stop(roles: readonly Role[]): void;
  /** Resolves when nobody is in. */
  left(): Promise<void>;
}

interface Waiter {
  letIn(): void;
  refuse(error: QueryError): void;
}

/** Lets the queries of each role in one by one, first come, first served. Roles do not wait for each other. */
export function createLimiter(
  shares: Readonly<Record<Role, RoleShare>>,
  onRejected: (role: Role, why: Rejection) => void,
): RoleLimiter {
  const rooms = Object.fromEntries(
    ROLES.map((role) => [role, new Room(shares[role], (why) => onRejected(role, why))]),
  ) as Record<Role, Room>;
  return {
    limitsOf: (role): RoleAllowance => shares[role],
    enter: (role, signal) => rooms[role].enter(signal),
    load: (role) => ({ running: rooms[role].running, waiting: rooms[role].waiting.size }),
    left: async () => {
      await Promise.all(Object.values(rooms).map((room) => room.left()));
    },
    stop: (roles) => roles.forEach((role) => rooms[role].stop()),
  };
}

class Room {
  running = 0;
  /** In the order in which they came; a set, so that leaving costs nothing. */
  readonly waiting = new Set<Waiter>();
  readonly #share: RoleShare;
  readonly #onRejected: (why: Rejection) => void;
  #isStopped = false;
  #onEmpty: (() => void)[] = [];

  constructor(share: RoleShare, onRejected: (why: Rejection) => void) {
    this.#share = share;
    this.#onRejected = onRejected;
  }

  async enter(signal: AbortSignal): Promise<() => void> {
    if (this.#isStopped) throw this.#rejection('stopping');
    if (signal.aborted) throw this.#rejection('hung-up');
    if (this.running < this.#share.concurrent) this.running++;
    else if (this.waiting.size < this.#share.waiting) await this.#turn(signal);
    else throw this.#rejection('queue-full');
    let isOut = false;
    return () => {
      if (!isOut) this.#leave();
      isOut = true;
    };
  }

  stop(): void {
    this.#isStopped = true;
    for (const waiter of this.waiting) waiter.refuse(this.#rejection('stopping'));
    this.waiting.clear();
  }

  left(): Promise<void> {
    return new Promise((resolve) => {
      if (this.running === 0) resolve();
      else this.#onEmpty.push(resolve);
    });
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const hangUp = (): void => {
        this.waiting.delete(waiter);
        reject(this.#rejection('hung-up'));
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
      this.waiting.add(waiter);
      signal.addEventListener('abort', hangUp, { once: true });
    });
  }

  /** The place goes to whoever has waited longest. */
  #leave(): void {
    const [next] = this.waiting;
    if (!next) {
      this.running--;
      if (this.running === 0) for (const tell of this.#onEmpty.splice(0)) tell();
      return;
    }
    this.waiting.delete(next);
    next.letIn();
  }

  #rejection(why: Rejection): QueryError {
    this.#onRejected(why);
    if (why === 'hung-up') return new QueryError(394, 'QUERY_WAS_CANCELLED', 'The client hung up.');
    if (why === 'stopping') return new QueryError(236, 'ABORTED', 'The server is stopping.');
    const { concurrent, waiting } = this.#share;
    return new QueryError(
      202,
      'TOO_MANY_SIMULTANEOUS_QUERIES',
      `Too many simultaneous queries of this role: ${concurrent} run and ${waiting} wait. Try again later.`,
    );
  }
}
