import type { Engine } from './engine.ts';
import { linesOf, readAhead } from './lines.ts';
import { queryText } from './query-text.ts';
import { replaceByDifference } from './replace-by-difference.ts';
import { replaceByQuery } from './replace-by-query.ts';
import {
  columnExpression,
  decodeResult,
  encodeRows,
  type Row,
  rowDecoder,
  VERSION_COLUMNS,
} from './row-codec.ts';
import { type Scope, whereScope } from './scope.ts';
import { type RowOf, type Table } from './table.ts';
import { tidy } from './tidy.ts';
import type { VersionClock } from './version-clock.ts';
import type { InsertOptions, QueryParams, ReplaceOptions, Warehouse } from './warehouse.ts';

/** The warehouse on either engine. */
export class ClickHouseWarehouse implements Warehouse {
  readonly kind: Warehouse['kind'];
  readonly cluster: string | undefined;
  readonly #engine: Engine;
  readonly #versions: VersionClock;
  /** The highest version that a table held when this process first wrote to it. */
  readonly #stored = new Map<string, Promise<number>>();

  constructor(engine: Engine, versions: VersionClock, cluster?: string) {
    this.kind = engine.kind;
    this.cluster = cluster;
    this.#engine = engine;
    this.#versions = versions;
  }

  async query<R = Record<string, unknown>>(sql: string, params?: QueryParams): Promise<R[]> {
    const format = 'JSONCompactEachRowWithNamesAndTypes';
    return decodeResult(await this.#engine.run(sql, { lane: 'rows', format, params })) as R[];
  }

  queryText(sql: string, format: string, params?: QueryParams): AsyncIterable<Uint8Array> {
    return queryText(this.#engine, sql, format, params);
  }

  async readRows<T extends Table, Column extends keyof RowOf<T> & string>(
    table: T,
    columns: readonly Column[],
    where?: { sql: string; params?: QueryParams },
  ): Promise<Pick<RowOf<T>, Column>[]> {
    const decode = rowDecoder(columns);
    const filter = where ? ` WHERE ${where.sql}` : '';
    // Without names of their own: one would stand for the column in `where`.
    const selected = columns.map((column) => columnExpression(table, column)).join(', ');
    const chunks = this.#engine.stream(`SELECT ${selected} FROM ${table.qualified} FINAL${filter}`, {
      lane: 'rows',
      format: 'JSONCompactEachRow',
      params: where?.params,
    });
    const rows: Record<string, unknown>[] = [];
    for await (const lines of readAhead(linesOf(chunks))) for (const line of lines) rows.push(decode(line));
    return rows as Pick<RowOf<T>, Column>[];
  }

  async insert<T extends Table>(
    table: T,
    rows: readonly RowOf<T>[],
    options: InsertOptions = {},
  ): Promise<void> {
    if (rows.length === 0) return;
    const columns = Object.keys(table.columns);
    const version = options.version ?? (await this.#nextVersion(table));
    const body = encodeRows(table, columns, rows, [version, 0]);
    await this.#engine.insert({ table: table.qualified, columns: [...columns, ...VERSION_COLUMNS] }, body);
  }

  async remove<T extends Table>(table: T, keys: readonly Partial<RowOf<T>>[]): Promise<void> {
    if (keys.length === 0) return;
    for (const key of keys as readonly Row[]) {
      const missing = table.key.find((column) => key[column] === undefined);
      if (missing !== undefined) throw new Error(`${table.qualified}: a key to remove lacks ${missing}`);
    }
    const body = encodeRows(table, table.key, keys, [await this.#nextVersion(table), 1]);
    await this.#engine.insert({ table: table.qualified, columns: [...table.key, ...VERSION_COLUMNS] }, body);
  }

  replaceByDifference<T extends Table>(
    table: T,
    scope: Scope<RowOf<T>>,
    rows: readonly RowOf<T>[],
    options: ReplaceOptions = {},
  ): Promise<{ written: number; removed: number }> {
    return replaceByDifference({
      engine: this.#engine,
      table,
      scope,
      rows,
      nextVersion: async (isEmpty) => this.#versions.next(isEmpty ? 0 : await this.#maxVersion(table, scope)),
      beforeWrite: options.beforeWrite,
    });
  }

  replaceByQuery<T extends Table>(
    table: T,
    scope: Scope<RowOf<T>>,
    source: { sql: string; params: QueryParams },
  ): Promise<{ written: number; removed: number }> {
    return replaceByQuery({
      engine: this.#engine,
      table,
      scope,
      source,
      nextVersion: async () => this.#versions.next(await this.#maxVersion(table, scope)),
    });
  }

  tidy(tables: readonly Table[], fromRows = 0): Promise<number> {
    return tidy(this.#engine, tables, fromRows);
  }

  async command(sql: string, params?: QueryParams): Promise<void> {
    await this.#engine.run(sql, { lane: 'write', format: 'TSV', params });
  }

  close(): Promise<void> {
    return this.#engine.close();
  }

  /** A version above what the table held before this process wrote to it and above all that it wrote since. */
  async #nextVersion(table: Table): Promise<number> {
    let stored = this.#stored.get(table.qualified);
    if (!stored) {
      stored = this.#maxVersion(table, {});
      this.#stored.set(table.qualified, stored);
      stored.catch(() => this.#stored.delete(table.qualified));
    }
    return this.#versions.next(await stored);
  }

  /** Tombstones count: what they hide stays hidden below their version. */
  async #maxVersion(table: Table, scope: Row): Promise<number> {
    const where = whereScope(table, scope);
    const sql = `SELECT max(_version) AS version FROM ${table.qualified}${where.sql}`;
    const [row] = await this.query<{ version: number }>(sql, where.params);
    return row?.version ?? 0;
  }
}
