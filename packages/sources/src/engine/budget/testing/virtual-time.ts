import type { Clock, Instant } from '@bellwether/core';
import type { RetryTools } from '../../retry.ts';

/** A world in which waiting takes no time: the clock jumps to whatever happens next. */
export interface VirtualTime {
  readonly clock: Clock;
  readonly tools: RetryTools;
  /** Goes on until nobody waits any more, or until the given instant. */
  run(until?: Instant): Promise<void>;
}

export function virtualTime(random: () => number, start: Instant = 0): VirtualTime {
  let now = start;
  const sleepers: { at: Instant; wake: () => void }[] = [];
  return {
    clock: { now: () => now },
    tools: {
      random,
      sleep: (ms, signal) =>
        new Promise((resolve) => {
          const cut = (): void => {
            sleepers.splice(sleepers.indexOf(sleeper), 1);
            resolve();
          };
          const wake = (): void => {
            signal.removeEventListener('abort', cut);
            resolve();
          };
          const sleeper = { at: now + ms, wake };
          const index = sleepers.findIndex(({ at }) => at > sleeper.at);
          sleepers.splice(index < 0 ? sleepers.length : index, 0, sleeper);
          signal.addEventListener('abort', cut, { once: true });
        }),
    },
    async run(until = Infinity) {
      for (;;) {
        // Everything that the last step set off runs before time goes on.
        await new Promise((resolve) => void setImmediate(resolve));
        const next = sleepers[0];
        if (!next || next.at > until) break;
        sleepers.shift();
        now = next.at;
        next.wake();
      }
      if (until !== Infinity) now = Math.max(now, until);
    },
  };
}
