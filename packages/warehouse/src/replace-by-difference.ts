import type { Engine } from './engine.ts';
import { decodeRows, encodeRows } from './row-codec.ts';
import type { Table } from './table.ts';

type Row = Readonly<Record<string, unknown>>;

export interface Replacement {
  engine: Engine;
  nextVersion: () => Promise<number>;
  table: Table;
  scope: Row;
  rows: readonly Row[];
}

/** See `Warehouse.replaceByDifference`. */
export async function replaceByDifference({ engine, nextVersion, table, scope, rows }: Replacement) {
  const columns = Object.keys(table.columns);
  const names = Object.keys(scope);
  const where = names.map((name) => `${name} = {scope_${name}:String}`).join(' AND ');
  const params = Object.fromEntries(names.map((name) => [`scope_${name}`, scope[name]]));
  const stored = decodeRows(
    await engine.run(`SELECT ${columns.join(', ')} FROM ${table.qualified} FINAL${where === '' ? '' : ` WHERE ${where}`}`, {
      lane: 'rows',
      format: 'JSONCompactEachRowWithNamesAndTypes',
      params,
    }),
  );
  const textOf = (row: Row): string => JSON.stringify(columns.map((column) => row[column]));
  const keyOf = (row: Row): string => JSON.stringify(table.key.map((column) => row[column]));
  const before = new Map(stored.map((row) => [keyOf(row), row]));
  const seen = new Set<string>();
  const changed: Row[] = [];
  for (const row of rows) {
    const key = keyOf(row);
    if (seen.has(key)) throw new Error(`${table.qualified}: two rows for the key ${key}`);
    seen.add(key);
    const old = before.get(key);
    if (!old || textOf(old) !== textOf(row)) changed.push(row);
  }
  const gone = stored.filter((row) => !seen.has(keyOf(row)));
  if (changed.length + gone.length === 0) return { written: 0, removed: 0 };
  const version = await nextVersion();
  const body = Buffer.concat([encodeRows(columns, changed, [version, 0]), encodeRows(columns, gone, [version, 1])]);
  await engine.insert({ table: table.qualified, columns: [...columns, '_version', '_deleted'] }, body);
  return { written: changed.length, removed: gone.length };
}
