import type { Clock } from '@bellwether/core';
import type { Batch, TableKeys, TableRows } from '../source.ts';

/** More rows than this gain nothing in one insert and only cost memory. */
const MOST_ROWS = 20_000;

/** A killed run reads again what it held back, so it holds nothing back for longer. */
const LONGEST_MS = 15_000;

/**
 * Makes few large batches of many small ones: a page of an API is a few dozen rows, and an insert of those costs as
 * much as one of thousands. What comes out stores the same rows in the same order, and moves the cursor no earlier.
 * Where the stream fails, what came before is given up to its last checkpoint, and then the failure.
 */
export async function* coalesce<Cursor>(
  batches: AsyncIterable<Batch<Cursor>>,
  clock: Clock,
): AsyncGenerator<Batch<Cursor>> {
  let pile = new Pile<Cursor>(clock.now());
  try {
    for await (const batch of batches) {
      if (!pile.takes(batch)) {
        yield pile.batch();
        pile = new Pile(clock.now());
      }
      pile.add(batch);
      if (!pile.isComplete(clock.now())) continue;
      yield pile.batch();
      pile = new Pile(clock.now());
    }
  } catch (error) {
    if (pile.hasCheckpoint) yield pile.batch();
    throw error;
  }
  if (!pile.isEmpty) yield pile.batch();
}

/** Batches that became one. */
class Pile<Cursor> {
  readonly #since: number;
  readonly #removals: TableKeys[] = [];
  /** One list per table, in the order in which the tables first came. */
  readonly #rows = new Map<TableRows['table'], object[]>();
  #last: Batch<Cursor> | null = null;
  #warnings: string[] = [];
  #count = 0;

  constructor(since: number) {
    this.#since = since;
  }

  get isEmpty(): boolean {
    return this.#last === null;
  }

  /** See `takes`: where the last batch has none, those before it have none either. */
  get hasCheckpoint(): boolean {
    return this.#last?.checkpoint !== undefined;
  }

  /**
   * Within a batch removals are stored first and snapshots last, so neither may move past the rows of its neighbour.
   * Rows without a checkpoint of their own must not delay the one before them.
   */
  takes(next: Batch<Cursor>): boolean {
    if (this.#last === null) return true;
    if ((this.#last.snapshots ?? []).length > 0) return false;
    if (this.#count > 0 && (next.removals ?? []).some(({ keys }) => keys.length > 0)) return false;
    return this.#last.checkpoint === undefined || next.checkpoint !== undefined;
  }

  add(batch: Batch<Cursor>): void {
    this.#removals.push(...(batch.removals ?? []));
    for (const { table, rows } of batch.rows ?? []) {
      const list = this.#rows.get(table) ?? [];
      this.#rows.set(table, list);
      for (const row of rows) list.push(row);
      this.#count += rows.length;
    }
    this.#warnings.push(...(batch.warnings ?? []));
    this.#last = batch;
  }

  /** A checkpoint without rows speaks of the rows to come, so it has to be stored before them. */
  isComplete(now: number): boolean {
    const isStatement = this.#count === 0 && this.#last?.checkpoint !== undefined;
    return isStatement || this.#count >= MOST_ROWS || now - this.#since >= LONGEST_MS;
  }

  batch(): Batch<Cursor> {
    const { checkpoint, progress, snapshots = [] } = this.#last ?? {};
    return {
      removals: this.#removals,
      rows: [...this.#rows].map(([table, rows]) => ({ table, rows })),
      snapshots,
      warnings: this.#warnings,
      ...(checkpoint === undefined ? {} : { checkpoint }),
      ...(progress === undefined ? {} : { progress }),
    };
  }
}
