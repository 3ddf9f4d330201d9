/** What was spent within the last while: requests, seconds. Entries come in the order of time. */
export interface SlidingWindow {
  add(at: number, amount: number): void;
  sum(now: number): number;
  /** When, at the earliest, no more than `most` will be left of what is in the window; `now` if so already. */
  downTo(most: number, now: number): number;
}

export function slidingWindow(lengthMs: number): SlidingWindow {
  const entries: { at: number; amount: number }[] = [];
  let first = 0;
  let total = 0;
  const forget = (now: number): void => {
    while (first < entries.length && entries[first]!.at + lengthMs <= now) total -= entries[first++]!.amount;
    if (first > 1000 && first * 2 > entries.length) {
      entries.splice(0, first);
      first = 0;
    }
    if (first === entries.length) total = 0;
  };
  return {
    add(at, amount) {
      entries.push({ at, amount });
      total += amount;
    },
    sum(now) {
      forget(now);
      return total;
    },
    downTo(most, now) {
      forget(now);
      let left = total;
      let at = now;
      for (let index = first; index < entries.length && left > most; index++) {
        left -= entries[index]!.amount;
        at = entries[index]!.at + lengthMs;
      }
      return at;
    },
  };
}
