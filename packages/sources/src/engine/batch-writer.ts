import type { RowOf, Table, Warehouse } from '@bellwether/warehouse';
import type { Batch, Snapshot, TableRows } from '../source.ts';
import type { DirtyMark } from './dirty-mark.ts';
import type { RunRecord } from './run-record.ts';

type AnyRow = RowOf<Table>;

/** Stores batches, each row only after the run is on record and the repository marked as changed. */
export class BatchWriter {
  readonly #warehouse: Warehouse;
  readonly #mark: DirtyMark | null;
  readonly #record: Pick<RunRecord, 'begin'> | null;

  /**
   * @param mark null: what is written is about no repository
   * @param record null: it belongs to no run
   */
  constructor(warehouse: Warehouse, mark: DirtyMark | null, record: Pick<RunRecord, 'begin'> | null = null) {
    this.#warehouse = warehouse;
    this.#mark = mark;
    this.#record = record;
  }

  /** Stores everything of a batch but its checkpoint; returns how many rows were written or removed. */
  async write({ removals = [], rows = [], snapshots = [] }: Batch<unknown>): Promise<number> {
    let count = 0;
    for (const { table, keys } of removals) {
      if (keys.length === 0) continue;
      await this.#announce(table);
      await this.#warehouse.remove(table, keys);
      count += keys.length;
    }
    const parts = rows.filter((part) => part.rows.length > 0);
    for (const { table } of parts) await this.#announce(table);
    // All at once: most of an insert is waiting for the disk.
    const stored = await Promise.allSettled(parts.map((part) => this.#insert(part)));
    for (const each of stored) if (each.status === 'rejected') throw each.reason;
    for (const part of parts) count += part.rows.length;
    for (const snapshot of snapshots) count += await this.#replace(snapshot);
    return count;
  }

  /** To be called before a checkpoint that follows what was written. */
  async seal(): Promise<void> {
    await this.#record?.begin();
    await this.#mark?.settle();
  }

  /** The mark moves only where something differs: the warehouse compares before it writes. */
  async #replace({ table, scope, rows }: Snapshot): Promise<number> {
    const { written, removed } = await this.#warehouse.replaceByDifference(
      table,
      scope,
      rows as readonly AnyRow[],
      { beforeWrite: () => this.#announce(table) },
    );
    return written + removed;
  }

  async #insert({ table, rows }: TableRows): Promise<void> {
    await this.#warehouse.insert(table, rows as readonly AnyRow[]);
  }

  async #announce(table: Table): Promise<void> {
    await this.#record?.begin();
    if (table.database === 'domain') await this.#mark?.raise(table);
  }
}
