/** Milliseconds since 1970-01-01T00:00:00Z. Every instant in the code base has this shape. */
export type Instant = number;

/** Time comes in as an argument, so that tests and replays decide what "now" is. */
export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands still at `instant`, or moves when `set` is called. */
export function fixedClock(instant: Instant): Clock & { set(next: Instant): void } {
  let current = instant;
  return {
    now: () => current,
    set: (next) => {
      current = next;
    },
  };
}

const DAY_MS = 86_400_000;

/**
 * Whether a date that somebody's clock wrote can be believed. Week functions of
 * ClickHouse fold dates before 1970 onto 1970, and a clock that runs years ahead
 * would put work into periods that have not happened; both become null plus a finding.
 * One day of grace covers time zones and small skew.
 */
export function isRealistic(instant: Instant, now: Instant): boolean {
  return Number.isFinite(instant) && instant >= DAY_MS && instant <= now + DAY_MS;
}
