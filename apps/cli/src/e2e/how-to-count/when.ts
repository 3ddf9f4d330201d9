import type { Instant } from '@bellwether/core';

export const HOUR = 3600;
export const DAY = 86_400;

/** `2026-03-02 09:00`, in UTC. Monday, 2 March 2026 is where most tests begin. */
export function at(when: string): Instant {
  const instant = Date.parse(`${when.replace(' ', 'T')}Z`);
  if (Number.isNaN(instant)) throw new RangeError(`${when} is no time`);
  return instant;
}
