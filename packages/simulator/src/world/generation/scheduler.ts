/** What will happen, in order of time; of the same instant, in the order of planning. */
export interface Scheduler {
  at(instant: number, action: (at: number) => void): void;
  /** Lets everything up to and including that instant happen; what is later never does. */
  runUntil(end: number): void;
}

interface Planned {
  readonly at: number;
  readonly order: number;
  readonly action: (at: number) => void;
}

/** A binary heap: a world of two years plans some hundred thousand things. */
export function createScheduler(): Scheduler {
  const heap: Planned[] = [];
  let planned = 0;
  let end = Infinity;

  function push(item: Planned): void {
    let index = heap.length;
    heap.push(item);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (isBefore(heap[parent]!, item)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = item;
  }

  function pop(): Planned | undefined {
    const first = heap[0];
    const last = heap.pop();
    if (heap.length === 0 || last === undefined) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child += 1;
      if (isBefore(last, heap[child]!)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
    return first;
  }

  return {
    at: (instant, action) => {
      const at = Math.floor(instant / 1000) * 1000;
      if (at <= end) push({ at, order: planned++, action });
    },
    runUntil: (until) => {
      end = until;
      let latest = -Infinity;
      for (let next = pop(); next !== undefined && next.at <= until; next = pop()) {
        // Planned for a moment that has passed: it happens now.
        latest = Math.max(latest, next.at);
        next.action(latest);
      }
    },
  };
}

function isBefore(a: Planned, b: Planned): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
