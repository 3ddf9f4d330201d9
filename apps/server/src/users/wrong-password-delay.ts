import type { Clock } from '@bellwether/core';
import { addressOwner } from './client-address.ts';

/** So many wrong passwords are slips of the hand and cost nothing; each further one doubles the wait. */
interface Patience {
  free: number;
  firstMs: number;
  mostMs: number;
}

const OF_USER: Patience = { free: 3, firstMs: 500, mostMs: 60_000 };
/** Milder: behind one address of a proxy or an office sit many people. */
const OF_ADDRESS: Patience = { free: 20, firstMs: 250, mostMs: 5_000 };

/** Beyond it an attempt is refused at once instead of being kept waiting. */
const LONGEST_WAIT_MS = 60_000;
const FORGET_MS = 15 * 60_000;
const MOST_ENTRIES = 10_000;

interface Entry {
  wrong: number;
  /** Attempts that are allowed to begin and whose outcome is not known yet: they count as wrong ones. */
  open: number;
  /** When the next attempt may begin. */
  nextAt: number;
  lastAt: number;
}

export interface Attempt {
  /** How long it has to wait before the password is looked at, in milliseconds. */
  waitMs: number;
  succeeded(): void;
  failed(): void;
}

/**
 * A growing delay after wrong passwords, for a user from an address and for an address. It never counts against a user
 * as such: who guesses at a name from elsewhere must not keep its owner out.
 */
export class WrongPasswordDelay {
  readonly #clock: Clock;
  readonly #ofUsers = new Map<string, Entry>();
  readonly #ofAddresses = new Map<string, Entry>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Names and addresses that are remembered. */
  get size(): number {
    return this.#ofUsers.size + this.#ofAddresses.size;
  }

  /** Null where so many attempts wait already that this one is refused. */
  begin(address: string, name: string): Attempt | null {
    const now = this.#clock.now();
    const owner = addressOwner(address);
    const ofUser = entryOf(this.#ofUsers, `${owner} ${name}`, now);
    const ofAddress = entryOf(this.#ofAddresses, owner, now);
    const beginAt = Math.max(now, ofUser.nextAt, ofAddress.nextAt);
    if (beginAt - now > LONGEST_WAIT_MS) return null;
    reserve(ofUser, beginAt, OF_USER);
    // From its own last turn and not from this one: who waits for one name must not keep its neighbours waiting.
    reserve(ofAddress, Math.max(now, ofAddress.nextAt), OF_ADDRESS);
    return {
      waitMs: beginAt - now,
      succeeded: () => {
        settle([ofUser, ofAddress], this.#clock.now(), false);
        ofUser.wrong = 0;
        ofUser.nextAt = 0;
      },
      failed: () => settle([ofUser, ofAddress], this.#clock.now(), true),
    };
  }
}

function reserve(entry: Entry, beginAt: number, patience: Patience): void {
  entry.open++;
  entry.nextAt = beginAt + delayAfter(entry.wrong + entry.open, patience);
}

function settle(entries: readonly Entry[], now: number, isWrong: boolean): void {
  for (const entry of entries) {
    entry.open--;
    if (isWrong) entry.wrong++;
    entry.lastAt = now;
  }
}

function delayAfter(wrong: number, { free, firstMs, mostMs }: Patience): number {
  return wrong <= free ? 0 : Math.min(mostMs, firstMs * 2 ** Math.min(wrong - free - 1, 20));
}

/** Entries are kept in the order of their last use; those that are old or too many go, oldest first. */
function entryOf(entries: Map<string, Entry>, key: string, now: number): Entry {
  const known = entries.get(key);
  const isKnown = known !== undefined && (known.open > 0 || now - known.lastAt < FORGET_MS);
  const entry = isKnown ? known : { wrong: 0, open: 0, nextAt: 0, lastAt: now };
  entries.delete(key);
  entries.set(key, entry);
  for (const [oldKey, { lastAt, open }] of entries) {
    const isOld = open === 0 && now - lastAt >= FORGET_MS;
    if (!isOld && entries.size <= MOST_ENTRIES) break;
    if (oldKey !== key) entries.delete(oldKey);
  }
  return entry;
}
