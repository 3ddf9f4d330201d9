import { comparePositions, decodeCursor, encodeCursor, type Position } from './cursor.ts';
import { fieldError } from './errors.ts';
import type { OrderedRows } from './ordered-view.ts';

/** What every connection is asked with; the schema has checked the types, the price the bounds. */
export interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

/** What the resolvers of every connection type read. */
export interface Connection {
  readonly items: readonly unknown[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly cursorAt: (index: number) => string;
  /** Counted only where it is asked for: with a filter that means looking at every row. */
  readonly totalCount: () => number;
}

export interface PageOptions<T> {
  readonly isDescending?: boolean;
  readonly accepts?: (row: T) => boolean;
  /** Turns a row into what the resolvers of its type expect. */
  readonly map: (row: T) => unknown;
}

/**
 * A page of rows by position. The cursor holds the position of its row and not an offset, so that a row which
 * changes between two pages moves to its new place, and all others stay where they were.
 *
 * @throws GraphQLError when a cursor is none of this server's
 */
export function pageOfOrdered<T>(
  { rows, positionOf }: OrderedRows<T>,
  page: PageArguments,
  { isDescending = false, accepts, map }: PageOptions<T>,
): Connection {
  const count = rows.length;
  const rowAt = (index: number): T => rows[isDescending ? count - 1 - index : index]!;
  const order = (index: number, position: Position): number =>
    comparePositions(positionOf(rowAt(index)), position) * (isDescending ? -1 : 1);
  const from = page.after == null ? 0 : firstIndex(count, readPosition(page.after), order, (n) => n > 0);
  const to = page.before == null ? count : firstIndex(count, readPosition(page.before), order, (n) => n >= 0);
  const wanted = collect(rowAt, from, to, page, accepts);
  return {
    items: wanted.rows.map(map),
    hasNextPage: page.first == null ? to < count : wanted.hasMore,
    hasPreviousPage: page.first == null ? wanted.hasMore : from > 0,
    cursorAt: (index) => encodeCursor(positionOf(wanted.rows[index]!)),
    totalCount: () => (accepts === undefined ? count : rows.filter(accepts).length),
  };
}

/**
 * A page of a short list in its own order. The cursor names the element and where it stood: should it be gone,
 * the list goes on from there.
 */
export function pageOfList<T>(
  rows: readonly T[],
  page: PageArguments,
  { idOf, map }: { readonly idOf: (row: T) => string | number; readonly map: (row: T) => unknown },
): Connection {
  const indexOf = (cursor: string): number => {
    const [at, id] = readPosition(cursor);
    const index = Number(at);
    const known = rows[index];
    if (known !== undefined && idOf(known) === id) return index;
    const found = rows.findIndex((row) => idOf(row) === id);
    return found === -1 ? index - 1 : found;
  };
  const from = page.after == null ? 0 : indexOf(page.after) + 1;
  const to = page.before == null ? rows.length : indexOf(page.before);
  const wanted = collect((index) => rows[index]!, from, to, page, undefined);
  const start = page.first == null ? to - wanted.rows.length : from;
  return {
    items: wanted.rows.map(map),
    hasNextPage: page.first == null ? to < rows.length : wanted.hasMore,
    hasPreviousPage: page.first == null ? wanted.hasMore : from > 0,
    cursorAt: (index) => encodeCursor([start + index, idOf(wanted.rows[index]!)]),
    totalCount: () => rows.length,
  };
}

function collect<T>(
  rowAt: (index: number) => T,
  from: number,
  to: number,
  { first, last }: PageArguments,
  accepts: ((row: T) => boolean) | undefined,
): { rows: T[]; hasMore: boolean } {
  const rows: T[] = [];
  const size = first ?? last ?? 0;
  const step = first == null ? -1 : 1;
  for (let index = step > 0 ? from : to - 1; index >= from && index < to; index += step) {
    const row = rowAt(index);
    if (accepts?.(row) === false) continue;
    if (rows.length === size) return { rows: inOrder(rows, step), hasMore: true };
    rows.push(row);
  }
  return { rows: inOrder(rows, step), hasMore: false };
}

function inOrder<T>(rows: T[], step: number): T[] {
  return step > 0 ? rows : rows.reverse();
}

/** The first index whose row stands as wanted towards the position; rows are sorted, so halving finds it. */
function firstIndex(
  count: number,
  position: Position,
  order: (index: number, position: Position) => number,
  isThere: (comparison: number) => boolean,
): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isThere(order(middle, position))) high = middle;
    else low = middle + 1;
  }
  return low;
}

function readPosition(cursor: string): Position {
  const position = decodeCursor(cursor);
  if (position === null) {
    throw fieldError('INVALID_CURSOR_ARGUMENTS', `\`${cursor}\` does not appear to be a valid cursor.`);
  }
  return position;
}
