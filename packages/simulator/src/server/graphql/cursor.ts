/** Where a row stands in an order: the value that it is ordered by, then what tells rows of one value apart. */
export type Position = readonly [key: number | string, tie: number | string];

const PREFIX = 'cursor:v2:';

/** Opaque for clients, as GitHub's are: base64 of a prefix and the position. */
export function encodeCursor(position: Position): string {
  return Buffer.from(PREFIX + JSON.stringify(position)).toString('base64');
}

/** Null when the text is no cursor that this server could have given. */
export function decodeCursor(cursor: string): Position | null {
  const text = Buffer.from(cursor, 'base64').toString('utf8');
  if (!text.startsWith(PREFIX)) return null;
  try {
    const position: unknown = JSON.parse(text.slice(PREFIX.length));
    return isPosition(position) ? position : null;
  } catch {
    return null;
  }
}

/** Whether a variable's value continues a connection. */
export function isCursor(value: unknown): boolean {
  return typeof value === 'string' && decodeCursor(value) !== null;
}

function isPosition(value: unknown): value is Position {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    value.every((part) => typeof part === 'number' || typeof part === 'string')
  );
}

/** Negative when `a` comes first in ascending order. */
export function comparePositions(a: Position, b: Position): number {
  return compare(a[0], b[0]) || compare(a[1], b[1]);
}

function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
