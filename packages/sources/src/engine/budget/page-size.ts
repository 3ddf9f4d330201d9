/** How many items to ask for at a time, learnt from how it went. */
export interface PageSize {
  readonly size: number;
  /** A page of the present size came after so many ms. */
  succeeded(ms: number): void;
  /** A page of so many items was more than the other side could answer. */
  wasTooHeavy(size: number): void;
}

/** Grow while nearly every page comes faster than this; the other side gives up after ten seconds. */
const FAST_MS = 4000;
const SAMPLES = 20;
/** Fewer pages than this say nothing about the slowest one in twenty. */
const FEWEST_SAMPLES = 5;
/** So many good pages make us forget how large one was too heavy. */
const MEMORY_PAGES = 50;

/**
 * Halves when a page was too heavy, because repeating the same weight costs points and fails again; grows by a
 * quarter while pages come fast, never beyond `largest`, nor soon to where it failed.
 */
export function adaptivePageSize(largest: number, remembered: number | null): PageSize {
  let size = Math.max(1, Math.min(largest, remembered ?? largest));
  let failedAt = Infinity;
  let goodPages = 0;
  let samples: number[] = [];
  return {
    get size() {
      return size;
    },
    succeeded(ms) {
      if (++goodPages >= MEMORY_PAGES) failedAt = Infinity;
      samples.push(ms);
      if (samples.length > SAMPLES) samples.shift();
      if (size >= largest || samples.length < FEWEST_SAMPLES || slowest(samples) >= FAST_MS) return;
      const next = Math.min(largest, failedAt - 1, size + Math.max(1, Math.floor(size / 4)));
      if (next <= size) return;
      size = next;
    },
    wasTooHeavy(failed) {
      goodPages = 0;
      // One alone that is too heavy is at fault itself, and so it was within the larger pages before.
      failedAt = failed === 1 ? Infinity : Math.min(failedAt, failed);
      if (failed > 1) samples = [];
      size = Math.max(1, Math.min(size, Math.floor(failed / 2)));
    },
  };
}

/** The 95th percentile: of twenty the second slowest, of fewer the slowest. */
function slowest(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
}
