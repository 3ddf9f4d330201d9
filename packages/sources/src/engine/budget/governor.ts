import { cancelledError, type Clock, type Instant } from '@bellwether/core';
import type { RetryTools } from '../retry.ts';
import {
  type Allowance,
  allowanceAt,
  busyAt,
  expectedPace,
  kept,
  type Lane,
  type LaneRules,
  newer,
  newLane,
  noteAnswer,
  startAt,
  usable,
  type Waiting,
} from './lane.ts';

export type { Allowance } from './lane.ts';

const MINUTE_MS = 60_000;

/** What one credential may do. A lane is a part of an API that is counted apart. */
export interface BudgetRules {
  readonly lanes: Readonly<Record<string, LaneRules>>;
  /** Seconds of answering, all lanes together, within any 60 seconds. */
  readonly busySecondsPerMinute: number;
  /** Requests at a time: how many to begin with, and how many never to exceed. */
  readonly firstConcurrent: number;
  readonly maxConcurrent: number;
  /** What is left to others who use the same credential: a share of the allowance below 1, else so many points. */
  readonly reserve: number;
}

/** How a request ended, as far as the budget cares. */
export interface LeaseResult {
  /**
   * `exhausted`: refused, nothing left of the allowance. `throttled`: refused for coming too fast. `failed`: anything
   * else that went wrong.
   */
  readonly verdict: 'ok' | 'exhausted' | 'throttled' | 'failed';
  readonly allowance?: Allowance | null;
  /** How long the other side wants to be left alone, in ms; null where it does not say. */
  readonly retryAfter?: number | null;
}

export interface Lease {
  /** To be called exactly once, whatever became of the request. */
  finish(result: LeaseResult): void;
}

export interface Governor {
  /**
   * Waits until a request is within the rules. First come, first served within a lane.
   *
   * @param points what the request is expected to take from the allowance
   * @param kind what is asked: how long answers took is remembered by it
   * @throws BellwetherError `cancelled`
   */
  acquire(lane: string, points: number, signal: AbortSignal, kind?: string): Promise<Lease>;
  /** What the other side says without a request of ours having ended. */
  inform(lane: string, allowance: Allowance): void;
  /** What the allowance of a lane is when it is full, less what is reserved; null while nobody has said. */
  full(lane: string): number | null;
  /** What the allowance of a lane is when it is full, reserved or not; null while nobody has said. */
  limit(lane: string): number | null;
  /** What is left for us in a lane; null while nobody has said. */
  left(lane: string): number | null;
  /** Until when nothing can be asked in this lane; null where it can. */
  blockedUntil(lane: string): Instant | null;
  /** Requests that run or wait, in all lanes. */
  load(): number;
  /** Requests that may run at a time, at present. */
  concurrency(): number;
}

export interface Wait {
  readonly until: Instant;
  /** `exhausted`: nothing is left of the allowance; `reserved`: what is left is for others. */
  readonly why: 'exhausted' | 'reserved' | 'throttled';
}

export interface GovernorOptions {
  readonly rules: BudgetRules;
  readonly clock: Clock;
  readonly tools: RetryTools;
  /** A wait that a person will notice. */
  readonly onWait?: (wait: Wait) => void;
}

const LONGEST_PAUSE_MS = 15 * MINUTE_MS;
/** After being throttled, so many times more good answers are wanted before one more request runs at a time. */
const SLOW_GROWTH = 4;

/** Lets requests through as fast as the rules allow and no faster. Knows nothing of what is asked. */
export function createGovernor({ rules, clock, tools, onWait }: GovernorOptions): Governor {
  const lanes = new Map<string, Lane>(
    Object.entries(rules.lanes).map(([name, laneRules]) => [name, newLane(laneRules)]),
  );
  let concurrent = rules.firstConcurrent;
  let good = 0;
  let throttles = 0;
  let pausedUntil = 0;
  let alarm: { at: Instant; stop: AbortController } | null = null;

  const laneOf = (name: string): Lane => {
    const lane = lanes.get(name);
    if (!lane) throw new Error(`There is no lane ${name}`);
    return lane;
  };
  const runningIn = (): number => [...lanes.values()].reduce((sum, { running }) => sum + running.size, 0);

  /** When the next of a lane may run; Infinity: once another one has ended. */
  const allowedAt = (lane: Lane, { points, kind }: Waiting, now: Instant): Instant => {
    const pace = expectedPace(lane, kind);
    if (runningIn() >= concurrent) return Infinity;
    const busyCap = Math.min(lane.rules.busySecondsPerMinute, rules.busySecondsPerMinute);
    return Math.max(
      pausedUntil,
      allowanceAt(lane, points, now, rules.reserve),
      startAt(lane, now),
      busyAt([lane], busyCap, pace, now),
      busyAt([...lanes.values()], rules.busySecondsPerMinute, pace, now),
    );
  };

  const pump = (): void => {
    let wakeAt = Infinity;
    for (let isMoving = true; isMoving;) {
      isMoving = false;
      wakeAt = Infinity;
      // One of each lane in turn, so that a lane that has to wait does not hold up the other.
      for (const lane of lanes.values()) {
        const [head] = lane.queue;
        if (!head) continue;
        const now = clock.now();
        const at = allowedAt(lane, head, now);
        if (at <= now) {
          lane.queue.shift();
          head.grant(start(lane, head, now));
          isMoving = true;
        } else {
          wakeAt = Math.min(wakeAt, at);
          announce(lane, head, at);
        }
      }
    }
    wake(wakeAt);
  };

  const wake = (at: Instant): void => {
    if (alarm !== null && alarm.at === at) return;
    alarm?.stop.abort();
    alarm = null;
    if (at === Infinity) return;
    const mine = { at, stop: new AbortController() };
    alarm = mine;
    void tools.sleep(Math.max(1, Math.ceil(at - clock.now())), mine.stop.signal).then(() => {
      if (alarm !== mine) return;
      alarm = null;
      pump();
    });
  };

  let announced = 0;
  const announce = (lane: Lane, { points }: Waiting, at: Instant): void => {
    if (!onWait || at === Infinity || at <= announced || at - clock.now() < 5000) return;
    const isPaused = at === pausedUntil;
    if (!isPaused && at < (lane.allowance?.resetAt ?? Infinity)) return;
    announced = at;
    const now = clock.now();
    const isOurs = allowanceAt(lane, points, now, 0) > now;
    onWait({ until: at, why: isPaused ? 'throttled' : isOurs ? 'exhausted' : 'reserved' });
  };

  const start = (lane: Lane, { points, kind }: Waiting, now: Instant): Lease => {
    const run = { startedAt: now, points, expected: expectedPace(lane, kind) };
    lane.running.add(run);
    lane.started.add(now, 1);
    return {
      finish(result) {
        if (!lane.running.delete(run)) return;
        const endedAt = clock.now();
        noteAnswer(lane, kind, endedAt, endedAt - run.startedAt);
        settle(lane, result, endedAt);
        pump();
      },
    };
  };

  const settle = (lane: Lane, { verdict, allowance, retryAfter }: LeaseResult, now: Instant): void => {
    if (allowance) lane.allowance = newer(lane.allowance, allowance);
    if (verdict === 'ok') {
      const wanted = concurrent * (throttles > 0 ? SLOW_GROWTH : 1);
      if (++good < wanted) return;
      good = 0;
      concurrent = Math.min(rules.maxConcurrent, concurrent + 1);
      if (concurrent === rules.maxConcurrent) throttles = 0;
    } else if (verdict === 'exhausted') {
      const resetAt = Math.max(allowance?.resetAt ?? 0, now + (retryAfter ?? (allowance ? 1000 : MINUTE_MS)));
      lane.allowance = { limit: lane.allowance?.limit ?? 0, remaining: 0, resetAt };
    } else if (verdict === 'throttled') {
      good = 0;
      concurrent = 1;
      // Several that ran side by side are refused together; they count as once.
      if (pausedUntil <= now) throttles++;
      const pause = Math.min(LONGEST_PAUSE_MS, MINUTE_MS * 2 ** (throttles - 1)) * (1 + tools.random() / 10);
      pausedUntil = Math.max(pausedUntil, now + Math.max(retryAfter ?? 0, pause));
    }
  };

  return {
    acquire(laneName, points, signal, kind = '') {
      const lane = laneOf(laneName);
      return new Promise((resolve, reject) => {
        const onAbort = (): void => {
          const index = lane.queue.indexOf(waiting);
          if (index < 0) return;
          lane.queue.splice(index, 1);
          reject(cancelledError('Run the same command again; it goes on where it stopped.'));
          pump();
        };
        const waiting: Waiting = {
          points,
          kind,
          grant: (lease) => {
            signal.removeEventListener('abort', onAbort);
            resolve(lease);
          },
        };
        lane.queue.push(waiting);
        signal.addEventListener('abort', onAbort, { once: true });
        if (signal.aborted) onAbort();
        else pump();
      });
    },
    inform(laneName, allowance) {
      const lane = laneOf(laneName);
      lane.allowance = newer(lane.allowance, allowance);
      pump();
    },
    full(laneName) {
      const { allowance } = laneOf(laneName);
      return allowance === null ? null : allowance.limit - kept(allowance.limit, rules.reserve);
    },
    limit: (laneName) => laneOf(laneName).allowance?.limit ?? null,
    left(laneName) {
      const lane = laneOf(laneName);
      const { allowance } = lane;
      if (allowance === null || clock.now() >= allowance.resetAt) return null;
      return usable(lane, allowance, rules.reserve);
    },
    blockedUntil(laneName) {
      const lane = laneOf(laneName);
      const now = clock.now();
      const at = Math.max(pausedUntil, allowanceAt(lane, 1, now, rules.reserve));
      return at > now ? at : null;
    },
    load: () => [...lanes.values()].reduce((sum, { running, queue }) => sum + running.size + queue.length, 0),
    concurrency: () => concurrent,
  };
}
