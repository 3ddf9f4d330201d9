import type { RowOf, Table, Warehouse } from '@bellwether/warehouse';

/**
 * The same warehouse for writers that work side by side: whatever they want to insert while an insert is under way
 * goes into the next one together. An insert of one row costs as much as one of thousands, most of it waiting for the
 * disk, so eight repositories at a time would spend their time there. Each call still returns only when its own rows
 * are acknowledged. Two calls that are under way at once must not hold rows of one key.
 */
export function groupCommit(warehouse: Warehouse): Warehouse {
  const inserts = new Gatherer<Table, object>((table, rows) =>
    warehouse.insert(table, rows as readonly RowOf<Table>[]),
  );
  const removals = new Gatherer<Table, object>((table, keys) => warehouse.remove(table, keys));
  return {
    kind: warehouse.kind,
    cluster: warehouse.cluster,
    query: (sql, params) => warehouse.query(sql, params),
    queryText: (sql, format, params) => warehouse.queryText(sql, format, params),
    readRows: (table, columns, where) => warehouse.readRows(table, columns, where),
    replaceByDifference: (table, scope, rows, options) =>
      warehouse.replaceByDifference(table, scope, rows, options),
    replaceByQuery: (table, scope, source) => warehouse.replaceByQuery(table, scope, source),
    tidy: (tables, fromRows) => warehouse.tidy(tables, fromRows),
    command: (sql, params) => warehouse.command(sql, params),
    close: () => warehouse.close(),
    insert: (table, rows, options) =>
      options?.version === undefined ? inserts.add(table, rows) : warehouse.insert(table, rows, options),
    remove: (table, keys) => removals.add(table, keys),
  };
}

interface Waiting<Item> {
  readonly items: Item[];
  readonly done: Promise<void>;
}

/** Sends what belongs to one key together, one sending at a time. */
class Gatherer<Key, Item> {
  readonly #send: (key: Key, items: readonly Item[]) => Promise<void>;
  readonly #waiting = new Map<Key, Waiting<Item>>();
  readonly #underWay = new Map<Key, Promise<unknown>>();

  constructor(send: (key: Key, items: readonly Item[]) => Promise<void>) {
    this.#send = send;
  }

  add(key: Key, items: readonly Item[]): Promise<void> {
    if (items.length === 0) return Promise.resolve();
    const waiting = this.#waiting.get(key) ?? this.#open(key);
    for (const item of items) waiting.items.push(item);
    return waiting.done;
  }

  #open(key: Key): Waiting<Item> {
    const items: Item[] = [];
    const before = this.#underWay.get(key) ?? Promise.resolve();
    const send = (): Promise<void> => {
      this.#waiting.delete(key);
      return this.#send(key, items);
    };
    // Whoever failed before has told its own callers.
    const done = before.then(send, send);
    const waiting = { items, done };
    this.#waiting.set(key, waiting);
    this.#underWay.set(key, done);
    return waiting;
  }
}
