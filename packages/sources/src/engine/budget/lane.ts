import type { Instant } from '@bellwether/core';
import type { Lease } from './governor.ts';
import { type SlidingWindow, slidingWindow } from './sliding-window.ts';

const MINUTE_MS = 60_000;
/** Never quite to the limit: the other side counts at another moment than we do. */
const CARE = 0.975;

export interface LaneRules {
  readonly requestsPerMinute: number;
  readonly busySecondsPerMinute: number;
}

/** What the other side says is left until `resetAt`. */
export interface Allowance {
  readonly limit: number;
  readonly remaining: number;
  readonly resetAt: Instant;
}

export interface Waiting {
  readonly points: number;
  /** What is asked, as far as it tells how long the answer takes. */
  readonly kind: string;
  readonly grant: (lease: Lease) => void;
}

/** What is known of a part of an API that is counted apart. */
export interface Lane {
  readonly rules: LaneRules;
  readonly started: SlidingWindow;
  readonly busy: SlidingWindow;
  readonly queue: Waiting[];
  readonly running: Set<Running>;
  allowance: Allowance | null;
  /** How long an answer takes on average, in ms, by kind; the newest count most. */
  readonly paces: Map<string, number>;
  /** How long one of the slow answers takes, in ms: what was never asked may turn out to be one. */
  slowPace: number;
}

export interface Running {
  readonly startedAt: Instant;
  readonly points: number;
  /** How long the answer is expected to take, in ms. */
  readonly expected: number;
}

export function newLane(rules: LaneRules): Lane {
  return {
    rules,
    started: slidingWindow(MINUTE_MS),
    busy: slidingWindow(MINUTE_MS),
    queue: [],
    running: new Set(),
    allowance: null,
    paces: new Map(),
    slowPace: 0,
  };
}

/** Of a hundred quick answers in a row a slow one before them is still remembered by a third. */
const SLOW_MEMORY = 0.99;

/** An answer came after so many ms. */
export function noteAnswer(lane: Lane, kind: string, endedAt: Instant, took: number): void {
  const before = lane.paces.get(kind);
  lane.paces.set(kind, before === undefined ? took : before * 0.8 + took * 0.2);
  lane.slowPace = Math.max(took, lane.slowPace * SLOW_MEMORY);
  lane.busy.add(endedAt, took);
}

/** How long an answer of that kind is going to take, in ms. Quick ones say nothing about the slow ones after them. */
export function expectedPace({ paces, slowPace }: Lane, kind: string): number {
  return paces.get(kind) ?? slowPace;
}

/** When one more request may start without too many in a minute. */
export function startAt({ rules, started }: Lane, now: Instant): Instant {
  return started.downTo(rules.requestsPerMinute * CARE - 1, now);
}

/** When the allowance has so many points left. */
export function allowanceAt(lane: Lane, points: number, now: Instant, reserve: number): Instant {
  const { allowance } = lane;
  if (allowance === null || now >= allowance.resetAt) return now;
  return usable(lane, allowance, reserve) >= points ? now : allowance.resetAt;
}

/** What is left to us, less what running requests are going to take. */
export function usable({ running }: Lane, { limit, remaining }: Allowance, reserve: number): number {
  let pending = 0;
  for (const { points } of running) pending += points;
  return remaining - kept(limit, reserve) - pending;
}

/** What of a limit is left to others. */
export function kept(limit: number, reserve: number): number {
  return reserve < 1 ? Math.ceil(limit * reserve) : Math.min(reserve, Math.max(0, limit - 1));
}

/** When one more answer that takes `pace` ms fits into the busy seconds of a minute. */
export function busyAt(
  lanes: readonly Lane[],
  secondsPerMinute: number,
  pace: number,
  now: Instant,
): Instant {
  const cap = secondsPerMinute * 1000 * CARE;
  let running = 0;
  for (const lane of lanes) {
    for (const { startedAt, expected } of lane.running) running += Math.max(now - startedAt, expected);
  }
  // Half of it: on average an answer is through half its time when the window moves on.
  const room = cap - running - pace / 2;
  // What runs fills the minute by itself: only its end can help. With nothing running, one is always let through.
  if (room < 0) return running === 0 ? now : Infinity;
  return Math.max(...lanes.map(({ busy }) => busy.downTo(room - othersBusy(lanes, busy, now), now)));
}

function othersBusy(lanes: readonly Lane[], mine: SlidingWindow, now: Instant): number {
  let sum = 0;
  for (const { busy } of lanes) if (busy !== mine) sum += busy.sum(now);
  return sum;
}

/** Answers overtake each other: of one hour the least that was left counts, and a later hour before an earlier. */
export function newer(one: Allowance | null, other: Allowance): Allowance {
  // Reset times are told in whole seconds and converted with a drifting difference of clocks.
  if (one === null || other.resetAt > one.resetAt + 5000) return other;
  if (other.resetAt < one.resetAt - 5000) return one;
  return other.remaining <= one.remaining ? other : one;
}
