import type { Engine } from './engine.ts';
import { linesOf, readAhead } from './lines.ts';
import { columnExpression, encodeJson, encodeRows, type Row, VERSION_COLUMNS } from './row-codec.ts';
import { scopeMatcher, whereScope } from './scope.ts';
import { insertStaged, STAGE_FROM_ROWS } from './staged-insert.ts';
import { columnType, type Table } from './table.ts';

export interface Replacement {
  engine: Engine;
  table: Table;
  scope: Row;
  rows: readonly Row[];
  /**
   * A version above everything that the scope holds.
   *
   * @param isEmpty the scope holds nothing, not even what was removed: that need not be asked
   */
  nextVersion: (isEmpty: boolean) => Promise<number>;
  beforeWrite?: (() => Promise<void>) | undefined;
}

/** What the engine's first piece holds: more would cost memory and win no time. */
const ENCODED_AHEAD = 65_000;

/**
 * See `Warehouse.replaceByDifference`.
 *
 * Stored rows stream past as text, key and rest apart, and are held against the same text made from the new rows:
 * only where the texts differ are they parsed, since the engine escapes a few characters in another way. Memory is
 * one map of keys, whatever the rows weigh.
 */
export async function replaceByDifference(work: Replacement): Promise<{ written: number; removed: number }> {
  const { engine, table, rows } = work;
  const rest = restColumns(table);
  const places = placesByKey(work);
  let texts: string[] = [];
  const stored = readAhead(linesOf(storedRows(work, rest)), () => {
    texts = rows.slice(0, ENCODED_AHEAD).map((row) => textOf(row, rest));
  });
  const isStored = new Uint8Array(rows.length);
  const gone: string[] = [];
  const isEmpty = !(await holdsRows(work));
  // A first time has nothing to compare with, and texts that nobody needs cost as much as the insert.
  for await (const lines of isEmpty ? [] : stored) {
    for (const line of lines) {
      const tab = line.indexOf('\t');
      const key = line.slice(0, tab);
      let at = places.get(key);
      if (at === undefined) {
        // A copy, too: a piece of a line would keep the whole text alive.
        const copy = canonical(key);
        at = places.get(copy);
        if (at === undefined) gone.push(copy);
      }
      if (at === undefined) continue;
      if (isSame(line.slice(tab + 1), texts[at] ?? textOf(rows[at]!, rest))) isStored[at] = 1;
    }
  }
  const changed = rows.filter((_, at) => isStored[at] === 0);
  const counts = { written: changed.length, removed: gone.length };
  if (changed.length + gone.length === 0) return counts;

  await work.beforeWrite?.();
  const version = await work.nextVersion(isEmpty);
  const columns = Object.keys(table.columns);
  const target = { table: table.qualified, columns: [...columns, ...VERSION_COLUMNS] };
  const encode = (part: readonly Row[], isDeleted: 0 | 1): Buffer =>
    encodeRows(table, columns, part, [version, isDeleted]);
  const tombstones = (keys: readonly string[]): Row[] => keys.map((key) => tombstone(table, key));
  if (changed.length + gone.length < STAGE_FROM_ROWS || engine.kind === 'server') {
    await engine.insert(target, Buffer.concat([encode(changed, 0), encode(tombstones(gone), 1)]));
  } else {
    await insertStaged(engine, target, function* (size) {
      for (let at = 0; at < changed.length; at += size) yield encode(changed.slice(at, at + size), 0);
      for (let at = 0; at < gone.length; at += size) yield encode(tombstones(gone.slice(at, at + size)), 1);
    });
  }
  return counts;
}

/** @throws Error when two rows have one key or a row lies outside the scope: bugs of the caller */
function placesByKey({ table, scope, rows }: Replacement): Map<string, number> {
  const places = new Map<string, number>();
  const isInScope = scopeMatcher(scope);
  rows.forEach((row, at) => {
    const key = textOf(row, table.key);
    if (places.has(key)) throw new Error(`${table.qualified}: two rows have the key ${key}`);
    if (!isInScope(row)) {
      throw new Error(`${table.qualified}: the row ${key} lies outside the scope ${JSON.stringify(scope)}`);
    }
    places.set(key, at);
  });
  return places;
}

/** `[key…]<tab>[rest…]` per stored row. JSON holds no raw tab, so the first one ends the key. */
function storedRows(
  { engine, table, scope }: Replacement,
  rest: readonly string[],
): AsyncIterable<Uint8Array> {
  const tuple = (columns: readonly string[]): string =>
    `tuple(${columns.map((column) => columnExpression(table, column)).join(', ')})`;
  const where = whereScope(table, scope);
  const sql =
    `SELECT ${tuple(table.key)}, ${tuple(rest)} FROM ${table.qualified} FINAL${where.sql} ` +
    "SETTINGS format_custom_escaping_rule = 'JSON', format_custom_field_delimiter = '\\t'";
  return engine.stream(sql, { lane: 'rows', format: 'CustomSeparated', params: where.params });
}

async function holdsRows({ engine, table, scope }: Replacement): Promise<boolean> {
  const where = whereScope(table, scope);
  const sql = `SELECT 1 FROM ${table.qualified}${where.sql} LIMIT 1`;
  const found = await engine.run(sql, { lane: 'rows', format: 'TSV', params: where.params });
  return found.length > 0;
}

/** A table may be nothing but key; a tuple may not be empty. */
function restColumns(table: Table): string[] {
  const rest = Object.keys(table.columns).filter((column) => !table.key.includes(column));
  return rest.length > 0 ? rest : [table.key[0]!];
}

function textOf(row: Row, columns: readonly string[]): string {
  const values: unknown[] = [];
  for (const column of columns) values.push(row[column]);
  return encodeJson(values);
}

function isSame(stored: string, fresh: string): boolean {
  return stored === fresh || canonical(stored) === fresh;
}

/** The engine's JSON as this program would have written it. */
function canonical(json: string): string {
  return JSON.stringify(JSON.parse(json));
}

/** What is deleted needs its key only; the rest is whatever is empty. */
function tombstone(table: Table, key: string): Row {
  const values = JSON.parse(key) as unknown[];
  const row: Record<string, unknown> = {};
  for (const [column, type] of Object.entries(table.columns)) row[column] = emptyValue(columnType(type));
  table.key.forEach((column, at) => (row[column] = values[at]));
  return row;
}

function emptyValue(type: string): unknown {
  if (type.startsWith('Nullable')) return null;
  if (type.startsWith('Array')) return [];
  if (type === 'Bool') return false;
  return type.includes('String') ? '' : 0;
}
