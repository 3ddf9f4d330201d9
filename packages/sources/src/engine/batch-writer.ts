import type { RowOf, Table, Warehouse } from '@bellwether/warehouse';
import type { Batch, Snapshot } from '../source.ts';
import type { DirtyMark } from './dirty-mark.ts';

type AnyRow = RowOf<Table>;

/** Stores batches, each row only after the repository is marked as changed. */
export class BatchWriter {
  readonly #warehouse: Warehouse;
  readonly #mark: DirtyMark;

  constructor(warehouse: Warehouse, mark: DirtyMark) {
    this.#warehouse = warehouse;
    this.#mark = mark;
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
    for (const part of rows) {
      if (part.rows.length === 0) continue;
      await this.#announce(part.table);
      await this.#warehouse.insert(part.table, part.rows as readonly AnyRow[]);
      count += part.rows.length;
    }
    for (const snapshot of snapshots) count += await this.#replace(snapshot);
    return count;
  }

  /** To be called before a checkpoint that follows what was written. */
  seal(): Promise<void> {
    return this.#mark.settle();
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

  async #announce(table: Table): Promise<void> {
    if (table.database === 'domain') await this.#mark.raise();
  }
}
