import type { Instant } from '@bellwether/core';
import { timeline, type Timeline } from './timeline.ts';

/** A person is counted in a group from `from` until `to`, which is Infinity while it lasts. */
export interface Stay {
  person: string;
  from: Instant;
  to: Instant;
}

/** How many different people were in a group; somebody who is in two of its teams counts once. */
export function sizeOverTime(stays: readonly Stay[]): Timeline<number> {
  const events = stays
    .filter(({ from, to }) => from < to)
    .flatMap(({ person, from, to }) => [
      { at: from, person, by: 1 },
      { at: to, person, by: -1 },
    ])
    .filter(({ at }) => at !== Infinity)
    .sort((a, b) => a.at - b.at);
  const times = new Map<string, number>();
  let size = 0;
  const steps: { from: Instant; value: number }[] = [{ from: -Infinity, value: 0 }];
  for (const { at, person, by } of events) {
    const before = times.get(person) ?? 0;
    times.set(person, before + by);
    if (before === 0) size += 1;
    else if (before + by === 0) size -= 1;
    const last = steps.at(-1);
    if (last?.from === at) last.value = size;
    else steps.push({ from: at, value: size });
  }
  return timeline(steps);
}

/** The part of a stay that lies in each step of a timeline: a team that moved takes its people along. */
export function splitStay<Value>(stay: Stay, line: Timeline<Value>): (Stay & { value: Value })[] {
  return line.steps.flatMap(({ from, value }, index) => {
    const until = line.steps[index + 1]?.from ?? Infinity;
    const part = { ...stay, from: Math.max(stay.from, from), to: Math.min(stay.to, until), value };
    return part.from < part.to ? [part] : [];
  });
}
