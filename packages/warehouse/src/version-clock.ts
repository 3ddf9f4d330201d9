import type { Clock } from '@bellwether/core';

/** Hands out the `_version` of rows that bring none. */
export interface VersionClock {
  /** The time in ms, but above every version handed out before and above `stored`. */
  next(stored: number): number;
}

/** A system clock may jump back; a version never does, or a new row would hide behind an older one. */
export function versionClock(clock: Clock): VersionClock {
  let last = 0;
  return {
    next: (stored) => {
      last = Math.max(Math.floor(clock.now()), last + 1, stored + 1);
      return last;
    },
  };
}
