import { comparePositions, type Position } from './cursor.ts';

/** Rows in ascending order of their positions. */
export interface OrderedRows<T> {
  readonly rows: readonly T[];
  positionOf(this: void, row: T): Position;
}

interface CachedView {
  /** In the collection's own order, to see whether anything changed. */
  readonly seen: unknown[];
  readonly keys: (number | string)[];
  readonly sorted: unknown[];
}

const views = new WeakMap<object, Map<string, CachedView>>();

/**
 * The values of a collection in order. Sorting is remembered, and remembered orders are checked against every
 * value before use: the world may change between any two requests, in any way.
 */
export function orderedView<T>(
  collection: ReadonlyMap<unknown, T>,
  order: string,
  positionOf: (row: T) => Position,
): OrderedRows<T> {
  let cached = views.get(collection);
  if (cached === undefined) views.set(collection, (cached = new Map<string, CachedView>()));
  const view = cached.get(order);
  if (view !== undefined && isCurrent(view, collection, positionOf)) {
    return { rows: view.sorted as readonly T[], positionOf };
  }
  const seen = [...collection.values()];
  const keys = seen.map((row) => positionOf(row)[0]);
  const sorted = seen
    .map((row) => ({ row, position: positionOf(row) }))
    .sort((a, b) => comparePositions(a.position, b.position))
    .map(({ row }) => row);
  cached.set(order, { seen, keys, sorted });
  return { rows: sorted, positionOf };
}

function isCurrent<T>(
  view: CachedView,
  collection: ReadonlyMap<unknown, T>,
  positionOf: (row: T) => Position,
): boolean {
  if (view.seen.length !== collection.size) return false;
  let index = 0;
  for (const row of collection.values()) {
    if (view.seen[index] !== row || view.keys[index] !== positionOf(row)[0]) return false;
    index += 1;
  }
  return true;
}
