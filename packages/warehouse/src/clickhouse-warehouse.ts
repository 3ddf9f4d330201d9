import type { Engine } from './engine.ts';
import { queryText } from './query-text.ts';
import { replaceByDifference } from './replace-by-difference.ts';
import { decodeRows, encodeRows, writtenColumns } from './row-codec.ts';
import type { RowOf, Table } from './table.ts';
import type { VersionClock } from './version-clock.ts';
import type { InsertOptions, QueryParams, Warehouse } from './warehouse.ts';

type Row = Readonly<Record<string, unknown>>;

/** The warehouse on either engine. */
export class ClickHouseWarehouse implements Warehouse {
  readonly kind: Warehouse['kind'];
  readonly #engine: Engine;
  readonly #versions: VersionClock;
  /** The highest version that a table held when this process first wrote to it. */
  readonly #stored = new Map<string, Promise<number>>();
  readonly #afterClose: () => Promise<void>;

  constructor(engine: Engine, versions: VersionClock, afterClose: () => Promise<void> = async () => {}) {
    this.kind = engine.kind;
    this.#engine = engine;
    this.#versions = versions;
    this.#afterClose = afterClose;
  }

  get engine(): Engine {
    return this.#engine;
  }

  async query<R = Record<string, unknown>>(sql: string, params?: QueryParams): Promise<R[]> {
    const format = 'JSONCompactEachRowWithNamesAndTypes';
    return decodeRows(await this.#engine.run(sql, { lane: 'rows', format, params })) as R[];
  }

  queryText(sql: string, format: string, params?: QueryParams): AsyncIterable<Uint8Array> {
    return queryText(this.#engine, sql, format, params);
  }

  async readRows<T extends Table, Column extends keyof RowOf<T> & string>(
    table: T,
    columns: readonly Column[],
    where?: { sql: string; params?: QueryParams },
  ): Promise<Pick<RowOf<T>, Column>[]> {
    const filter = where ? ` WHERE ${where.sql}` : '';
    return this.query(`SELECT ${columns.join(', ')} FROM ${table.qualified} FINAL${filter}`, where?.params);
  }

  async insert<T extends Table>(table: T, rows: readonly RowOf<T>[], options: InsertOptions = {}): Promise<void> {
    if (rows.length === 0) return;
    const version = options.version ?? (await this.nextVersion(table));
    const body = encodeRows(Object.keys(table.columns), rows as readonly Row[], [version, 0]);
    await this.#engine.insert({ table: table.qualified, columns: writtenColumns(table) }, body);
  }

  async remove<T extends Table>(table: T, keys: readonly Partial<RowOf<T>>[]): Promise<void> {
    if (keys.length === 0) return;
    const body = encodeRows(table.key, keys as readonly Row[], [await this.nextVersion(table), 1]);
    const columns = [...table.key, '_version', '_deleted'];
    await this.#engine.insert({ table: table.qualified, columns }, body);
  }

  replaceByDifference<T extends Table>(
    table: T,
    scope: Partial<RowOf<T>>,
    rows: readonly RowOf<T>[],
  ): Promise<{ written: number; removed: number }> {
    return replaceByDifference({
      engine: this.#engine,
      nextVersion: () => this.nextVersion(table),
      table,
      scope: scope as Row,
      rows: rows as readonly Row[],
    });
  }

  async command(sql: string, params?: QueryParams): Promise<void> {
    await this.#engine.run(sql, { lane: 'write', format: 'TabSeparated', params });
  }

  async close(): Promise<void> {
    await this.#engine.close();
    await this.#afterClose();
  }

  /** A version above everything stored in the table, so that what is written now is what readers see. */
  async nextVersion(table: Table): Promise<number> {
    let stored = this.#stored.get(table.qualified);
    if (!stored) {
      stored = this.query<{ stored: number }>(`SELECT max(_version) AS stored FROM ${table.qualified}`).then(
        ([row]) => row?.stored ?? 0,
      );
      this.#stored.set(table.qualified, stored);
      stored.catch(() => this.#stored.delete(table.qualified));
    }
    return this.#versions.next(await stored);
  }
}
