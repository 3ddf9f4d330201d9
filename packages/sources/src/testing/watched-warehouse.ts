import type { Table, Warehouse } from '@bellwether/warehouse';

export interface Write {
  readonly kind: 'insert' | 'remove' | 'replace';
  readonly table: Table;
  readonly rows: readonly object[];
}

export interface WatchOptions {
  /** Called before each write with its number, from 1; may throw instead. */
  readonly beforeWrite: (write: Write, number: number) => void | Promise<void>;
}

/** The same warehouse, with somebody who looks at every write before it happens. */
export function watchWarehouse(warehouse: Warehouse, { beforeWrite }: WatchOptions): Warehouse {
  let count = 0;
  const look = async (kind: Write['kind'], table: Table, rows: readonly unknown[]): Promise<void> => {
    await beforeWrite({ kind, table, rows: rows as readonly object[] }, ++count);
  };
  return {
    kind: warehouse.kind,
    cluster: warehouse.cluster,
    query: (sql, params) => warehouse.query(sql, params),
    queryText: (sql, format, params) => warehouse.queryText(sql, format, params),
    readRows: (table, columns, where) => warehouse.readRows(table, columns, where),
    replaceByQuery: (table, scope, source) => warehouse.replaceByQuery(table, scope, source),
    tidy: (tables, fromRows) => warehouse.tidy(tables, fromRows),
    command: (sql, params) => warehouse.command(sql, params),
    close: () => warehouse.close(),
    async insert(table, rows, options) {
      await look('insert', table, rows);
      await warehouse.insert(table, rows, options);
    },
    async remove(table, keys) {
      await look('remove', table, keys);
      await warehouse.remove(table, keys);
    },
    replaceByDifference: (table, scope, rows, options) =>
      warehouse.replaceByDifference(table, scope, rows, {
        beforeWrite: async () => {
          await options?.beforeWrite?.();
          await look('replace', table, rows);
        },
      }),
  };
}

/** A warehouse whose process dies at the given write, counted from 1: it and everything after it fails. */
export function mortalWarehouse(
  warehouse: Warehouse,
  diesAt: number,
  counts: (write: Write) => boolean = () => true,
): Warehouse {
  let left = diesAt;
  return watchWarehouse(warehouse, {
    beforeWrite: (write) => {
      if (left > 0 && counts(write)) left--;
      if (left === 0) throw new Error('killed');
    },
  });
}
