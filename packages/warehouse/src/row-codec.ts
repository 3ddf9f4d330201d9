import { columnType, type Table } from './table.ts';

/** Rows as the engine's JSONCompactEachRow, `_version` and `_deleted` at the end. */
export function encodeRows(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, unknown>>[],
  tail: readonly unknown[],
): Buffer {
  let text = '';
  for (const row of rows) {
    const values: unknown[] = [];
    for (const column of columns) values.push(row[column]);
    values.push(...tail);
    text += `${JSON.stringify(values)}\n`;
  }
  return Buffer.from(text);
}

/** Rows of a result in JSONCompactEachRowWithNamesAndTypes. */
export function decodeRows(bytes: Uint8Array): Record<string, unknown>[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  const lines = text.split('\n');
  if (lines.length < 2) return [];
  const names = JSON.parse(lines[0] as string) as string[];
  const types = JSON.parse(lines[1] as string) as string[];
  const convert = types.map(converterOf);
  const rows: Record<string, unknown>[] = [];
  for (let index = 2; index < lines.length; index++) {
    const line = lines[index] as string;
    if (line === '') continue;
    const values = JSON.parse(line) as unknown[];
    const row: Record<string, unknown> = {};
    for (let at = 0; at < names.length; at++) {
      const mapped = convert[at];
      row[names[at] as string] = mapped ? mapped(values[at]) : values[at];
    }
    rows.push(row);
  }
  return rows;
}

type Converter = (value: unknown) => unknown;

/** Instants arrive as seconds with a fraction, in text; everything else is already what it should be. */
function converterOf(type: string): Converter | undefined {
  const inner = /^(Nullable|LowCardinality|Array)\((.*)\)$/s.exec(type);
  if (inner) {
    const converter = converterOf(inner[2] as string);
    if (!converter || inner[1] === 'LowCardinality') return converter;
    if (inner[1] === 'Array') return (value) => (value as unknown[]).map(converter);
    return (value) => (value === null ? null : converter(value));
  }
  return /^DateTime(64)?\b/.test(type) ? (value) => Math.round(Number(value) * 1000) : undefined;
}

/** The column names of a table as the writer sends them. */
export function writtenColumns(table: Table): string[] {
  return [...Object.keys(table.columns), '_version', '_deleted'];
}

export { columnType };
