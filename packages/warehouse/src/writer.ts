import type { RowOf, Table } from './table.ts';
import type { InsertOptions, Warehouse } from './warehouse.ts';

/** Collects rows of several tables into large inserts. */
export interface Writer {
  /**
   * Takes rows; returns as soon as there is room for more. Nothing is acknowledged by it.
   *
   * @throws what an earlier insert threw, from then on at every call
   */
  write<T extends Table>(table: T, rows: readonly RowOf<T>[], options?: InsertOptions): Promise<void>;
  /** Returns when everything written so far is stored: the acknowledgement that a cursor waits for. */
  flush(): Promise<void>;
}

export interface WriterOptions {
  /** Rows of one insert. More than 50,000 only cost memory. */
  maxRows?: number;
}

/** Rows of one table and version, waiting to be enough for an insert. */
interface Batch {
  table: Table;
  options: InsertOptions;
  rows: RowOf<Table>[];
}

/**
 * A batching writer with back-pressure: at most one insert is under way, and of every table at most `maxRows` rows
 * wait. After a failure it takes and acknowledges nothing more.
 */
export function createWriter(
  warehouse: Pick<Warehouse, 'insert'>,
  { maxRows = 20_000 }: WriterOptions = {},
): Writer {
  const batches = new Map<string, Batch>();
  let failure: { error: unknown } | undefined;
  let underWay: Promise<void> = Promise.resolve();

  const check = (): void => {
    if (failure) throw failure.error;
  };

  /** Begins the insert when the one before it is done, so that encoding the next overlaps with storing this one. */
  const send = async ({ table, options, rows }: Batch): Promise<void> => {
    await underWay;
    check();
    underWay = warehouse.insert(table, rows, options).catch((error: unknown) => {
      failure ??= { error };
    });
  };

  // One at a time, in the order of the calls, or two callers could overtake each other at an await.
  let queue: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = queue.then(work);
    queue = done.catch(() => {});
    return done;
  };

  return {
    write: (table, rows, options = {}) =>
      inTurn(async () => {
        check();
        const id = `${table.qualified}@${String(options.version)}`;
        for (let at = 0; at < rows.length;) {
          const batch: Batch = batches.get(id) ?? { table, options, rows: [] };
          batches.set(id, batch);
          const part = rows.slice(at, at + maxRows - batch.rows.length);
          for (const row of part) batch.rows.push(row);
          at += part.length;
          if (batch.rows.length < maxRows) continue;
          batches.delete(id);
          await send(batch);
        }
      }),

    flush: () =>
      inTurn(async () => {
        for (const [id, batch] of batches) {
          batches.delete(id);
          await send(batch);
        }
        await underWay;
        check();
      }),
  };
}
