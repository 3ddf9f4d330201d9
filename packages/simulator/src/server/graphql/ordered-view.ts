import { comparePositions, type Position } from './cursor.ts';

/** Rows in ascending order of their positions. */
export interface OrderedRows<T> {
  readonly rows: readonly T[];
  readonly positionOf: (row: T) => Position;
}

interface CachedView {
  /** In the collection's own order, to see whether anything changed. */
  readonly seen: unknown[];
  readonly keys: Key[];
  readonly sorted: unknown[];
}

type Key = number | string;

const views = new WeakMap<object, Map<string, CachedView>>();

/**
 * The values of a collection in order: by a key, and where that is the same by a tie-breaker that never changes.
 * Sorting is remembered, and remembered orders are checked against every value before use: the world may change
 * between any two requests, in any way.
 */
export function orderedView<T>(
  collection: ReadonlyMap<unknown, T>,
  order: string,
  keyOf: (row: T) => Key,
  tieOf: (row: T) => Key,
): OrderedRows<T> {
  const positionOf = (row: T): Position => [keyOf(row), tieOf(row)];
  let cached = views.get(collection);
  if (cached === undefined) views.set(collection, (cached = new Map<string, CachedView>()));
  const view = cached.get(order);
  if (view !== undefined && isCurrent(view, collection, keyOf)) {
    return { rows: view.sorted as readonly T[], positionOf };
  }
  const seen = [...collection.values()];
  const sorted = seen
    .map((row) => ({ row, position: positionOf(row) }))
    .sort((a, b) => comparePositions(a.position, b.position))
    .map(({ row }) => row);
  cached.set(order, { seen, keys: seen.map(keyOf), sorted });
  return { rows: sorted, positionOf };
}

function isCurrent<T>(
  view: CachedView,
  collection: ReadonlyMap<unknown, T>,
  keyOf: (row: T) => Key,
): boolean {
  if (view.seen.length !== collection.size) return false;
  let index = 0;
  for (const row of collection.values()) {
    if (view.seen[index] !== row || view.keys[index] !== keyOf(row)) return false;
    index += 1;
  }
  return true;
}

/** Numbers grow with age, so that they order what happened in the same second. */
export const byDatabaseId = ({ databaseId }: { readonly databaseId: number }): number => databaseId;
