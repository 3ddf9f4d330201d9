import { localTime } from '@bellwether/core';

/** A stretch of time in which a zone keeps one distance from UTC; seconds since 1970. */
export interface OffsetSegment {
  from: number;
  to: number;
  /** Local time minus UTC, in seconds. */
  offset: number;
}

const DAY = 86_400;

/**
 * How a time zone stands to UTC between two seconds, in order and without holes.
 *
 * Looks once a day and halves the day in which something changed: no zone has changed twice within a day.
 */
export function offsetSegments(offsetAt: OffsetReader, from: number, to: number): OffsetSegment[] {
  const segments: OffsetSegment[] = [];
  let current: OffsetSegment = { from, to, offset: offsetAt(from) };
  for (let before = from; before < to;) {
    const after = Math.min(before + DAY, to);
    const offset = offsetAt(after);
    if (offset !== current.offset) {
      const change = changeBetween(before, after, offsetAt);
      segments.push({ ...current, to: change });
      current = { from: change, to, offset };
    }
    before = after;
  }
  if (current.from < to) segments.push(current);
  return segments;
}

/** The first second with the later offset. */
function changeBetween(before: number, after: number, offsetAt: OffsetReader): number {
  const earlier = offsetAt(before);
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle) === earlier) low = middle;
    else high = middle;
  }
  return high;
}

/** Local time minus UTC at a second since 1970, in seconds. */
export type OffsetReader = (second: number) => number;

/** @throws RangeError where the engine does not know the zone */
export function offsetReader(timeZone: string): OffsetReader {
  localTime(0, timeZone);
  return (second) => localTime(second * 1000, timeZone) / 1000 - second;
}
