import { randomUUID } from 'node:crypto';
import type { RowOf, Table, Warehouse } from '@bellwether/warehouse';
import { DirtyMark } from '../engine/dirty-mark.ts';
import type { ImportedTable } from './import-kind.ts';

type AnyRow = Record<string, unknown>;

/**
 * Writes rows of many repositories, only those that differ from what is stored, so that the same file a second time
 * writes nothing and no facts are computed for nothing. Every repository is marked before its first row.
 */
export class ChangedRows {
  readonly #warehouse: Warehouse;
  readonly #makeRunId: () => string;
  readonly #marks = new Map<string, DirtyMark>();
  written = 0;
  removed = 0;

  constructor(warehouse: Warehouse, makeRunId: () => string = randomUUID) {
    this.#warehouse = warehouse;
    this.#makeRunId = makeRunId;
  }

  /** Rows of one table, no more than some thousand: their keys travel with the query. */
  async write({ table, ids }: ImportedTable, rows: readonly AnyRow[]): Promise<void> {
    if (rows.length === 0) return;
    // Of two lines with one id the later counts, here as in the table.
    const wanted = new Map(rows.map((row) => [textOf(row, table.key), row]));
    const stored = await this.#readStored(table, ids, [...wanted.values()]);
    const columns = Object.keys(table.columns);
    const changed = [...wanted].filter(([key, row]) => stored.get(key) !== textOf(row, columns));
    if (changed.length === 0) return;
    await this.#announce(
      table,
      changed.map(([, row]) => row),
    );
    await this.#warehouse.insert(table, changed.map(([, row]) => row) as RowOf<Table>[]);
    this.written += changed.length;
  }

  async remove(table: Table, keys: readonly AnyRow[]): Promise<void> {
    if (keys.length === 0) return;
    await this.#announce(table, keys);
    await this.#warehouse.remove(table, keys as Partial<RowOf<Table>>[]);
    this.removed += keys.length;
  }

  /** To be called at the end, whatever happened: what was computed meanwhile saw only part of the rows. */
  async settle(): Promise<void> {
    for (const mark of this.#marks.values()) await mark.settle();
  }

  async #announce(table: Table, rows: readonly AnyRow[]): Promise<void> {
    for (const repo of new Set(rows.map((row) => String(row['repo'])))) {
      const mark = this.#marks.get(repo) ?? new DirtyMark(this.#warehouse, repo, this.#makeRunId());
      this.#marks.set(repo, mark);
      await mark.raise(table);
    }
  }

  /** Stored rows as text, by the text of their keys. */
  async #readStored(
    table: Table,
    [id = '']: readonly string[],
    rows: readonly AnyRow[],
  ): Promise<Map<string, string>> {
    const columns = Object.keys(table.columns);
    const found = (await this.#warehouse.readRows(table, columns, {
      sql: `repo IN {repos:Array(String)} AND ${id} IN {ids:Array(String)}`,
      params: {
        repos: [...new Set(rows.map((row) => row['repo']))],
        ids: [...new Set(rows.map((row) => row[id]))],
      },
    })) as AnyRow[];
    return new Map(found.map((row) => [textOf(row, table.key), textOf(row, columns)]));
  }
}

/** Two rows are the same when this text is. */
export function textOf(row: object, columns: readonly string[]): string {
  return JSON.stringify(columns.map((column) => (row as AnyRow)[column]));
}
