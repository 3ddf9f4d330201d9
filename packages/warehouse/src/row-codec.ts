import { assertInRange, numberRanges } from './number-ranges.ts';
import { columnType, type Table } from './table.ts';

export type Row = Readonly<Record<string, unknown>>;

/** What every table carries besides its declared columns. */
export const VERSION_COLUMNS = ['_version', '_deleted'] as const;

/** Pieces of about this many characters, so that no string nears the engine's or V8's limits. */
const PIECE = 8 * 1024 * 1024;

/**
 * Rows as JSONCompactEachRow, one `[…]` a line. Instants go out as milliseconds, which is what a DateTime64(3) column
 * takes a whole number for.
 *
 * @param tail values of `_version` and `_deleted`, behind the columns
 * @throws Error for a number that its column cannot hold
 */
export function encodeRows(
  table: Table,
  columns: readonly string[],
  rows: readonly Row[],
  tail: readonly number[],
): Buffer {
  const ranges = numberRanges(table, columns);
  const end = `,${tail.join(',')}]\n`;
  const pieces: Buffer[] = [];
  let text = '';
  for (const row of rows) {
    for (const range of ranges) assertInRange(table, range, row[range.column]);
    text += encodeValues(columns, row) + end;
    if (text.length < PIECE) continue;
    pieces.push(Buffer.from(text));
    text = '';
  }
  pieces.push(Buffer.from(text));
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
}

/** `[…` without the closing bracket. */
function encodeValues(columns: readonly string[], row: Row): string {
  const values: unknown[] = [];
  for (const column of columns) values.push(row[column]);
  return encodeJson(values).slice(0, -1);
}

/** JSON that the engine reads: half of a surrogate pair, which has no UTF-8, becomes U+FFFD. */
export function encodeJson(values: readonly unknown[]): string {
  const json = JSON.stringify(values);
  return json.includes('\\ud') ? JSON.stringify(values, wellFormed) : json;
}

function wellFormed(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? Buffer.from(value).toString() : value;
}

/** A column as SQL that gives what a row holds: instants in milliseconds. */
export function columnExpression(table: Table, column: string): string {
  const type = table.columns[column];
  if (type === undefined) throw new Error(`${table.qualified} has no column ${column}`);
  if (!isInstant(table, column)) return column;
  const isArray = columnType(type).startsWith('Array');
  return isArray
    ? `arrayMap(at -> toUnixTimestamp64Milli(at), ${column})`
    : `toUnixTimestamp64Milli(${column})`;
}

function isInstant(table: Table, column: string): boolean {
  const type = table.columns[column];
  return type !== undefined && columnType(type).includes('DateTime64');
}

/** Rows of a whole result in JSONCompactEachRowWithNamesAndTypes. */
export function decodeResult(bytes: Uint8Array): Record<string, unknown>[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const namesEnd = buffer.indexOf('\n');
  if (namesEnd === -1) return [];
  const typesEnd = buffer.indexOf('\n', namesEnd + 1);
  const names = JSON.parse(buffer.toString('utf8', 0, namesEnd)) as string[];
  const types = JSON.parse(buffer.toString('utf8', namesEnd + 1, typesEnd)) as string[];
  const decode = rowDecoder(names, types);
  const rows: Record<string, unknown>[] = [];
  for (let start = typesEnd + 1; start < buffer.length;) {
    // A piece that ends with a line; a line longer than a piece is taken whole.
    const cut = start + PIECE >= buffer.length ? buffer.length : buffer.indexOf('\n', start + PIECE) + 1;
    const end = cut === 0 ? buffer.length : cut;
    for (const line of buffer.toString('utf8', start, end).split('\n')) {
      if (line !== '') rows.push(decode(line));
    }
    start = end;
  }
  return rows;
}

/** Makes an object of a line of JSONCompactEachRow. Without types, the values are already what they should be. */
export function rowDecoder(
  names: readonly string[],
  types: readonly string[] = [],
): (line: string) => Record<string, unknown> {
  const converters = types.map(converterOf);
  // A copy has all its columns from the start: half the time of adding one after the other, and less to clear away.
  const empty: Readonly<Record<string, unknown>> = Object.fromEntries(names.map((name) => [name, undefined]));
  return (line) => {
    const values = JSON.parse(line) as unknown[];
    const row = { ...empty };
    names.forEach((name, at) => {
      const convert = converters[at];
      row[name] = convert ? convert(values[at]) : values[at];
    });
    return row;
  };
}

type Converter = (value: unknown) => unknown;

/** Instants arrive as ISO 8601; everything else already is what it should be. */
function converterOf(type: string): Converter | undefined {
  if (/^DateTime(64)?\b/.test(type)) return (text) => Date.parse(text as string);
  if (!type.includes('DateTime')) return undefined;
  const [, outer, inner = ''] = /^(\w+)\((.*)\)$/s.exec(type) ?? [];
  const convert = converterOf(inner);
  if (outer === 'LowCardinality') return convert;
  if (convert && outer === 'Nullable') return (value) => (value === null ? null : convert(value));
  if (convert && outer === 'Array') return (value) => (value as unknown[]).map(convert);
  throw new Error(
    `Instants inside ${type} cannot be read; convert them with toUnixTimestamp64Milli in the query`,
  );
}
