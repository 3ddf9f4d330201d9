import { cursors, type Warehouse } from '@bellwether/warehouse';

/** The stored cursors of one source and repository. */
export interface CursorStore {
  /** By stream name, parsed as JSON but not yet against the stream's schema. */
  readonly all: ReadonlyMap<string, unknown>;
  /** Whether a cursor is what is stored already. */
  isStored(stream: string, cursor: unknown): boolean;
  /** Stores a cursor. To be called once everything it stands for is acknowledged. */
  save(stream: string, cursor: unknown): Promise<void>;
}

/** Opens the cursors of one repository. */
export type OpenCursors = (key: string) => Promise<CursorStore>;

/**
 * The cursors of a source for a run over `targetCount` targets. Of many all are read in one query: one for each of some
 * thousand repositories would take longer than finding out that none of them has anything new.
 */
export function cursorStores(warehouse: Warehouse, source: string, targetCount: number): OpenCursors {
  const read = async (key?: string): Promise<StoredCursor[]> =>
    await warehouse.readRows(cursors, ['key', 'stream', 'cursor'], {
      sql: `source = {source:String}${key === undefined ? '' : ' AND key = {key:String}'}`,
      params: key === undefined ? { source } : { source, key },
    });
  let all: Promise<Map<string, StoredCursor[]>> | undefined;
  return async (key) => {
    if (targetCount <= FEW_TARGETS) return openStore(warehouse, source, key, await read(key));
    all ??= read().then(byKey);
    return openStore(warehouse, source, key, (await all).get(key) ?? []);
  };
}

const FEW_TARGETS = 10;

interface StoredCursor {
  readonly key: string;
  readonly stream: string;
  readonly cursor: string;
}

function byKey(rows: readonly StoredCursor[]): Map<string, StoredCursor[]> {
  const grouped = new Map<string, StoredCursor[]>();
  for (const row of rows) {
    const list = grouped.get(row.key);
    if (list === undefined) grouped.set(row.key, [row]);
    else list.push(row);
  }
  return grouped;
}

function openStore(
  warehouse: Warehouse,
  source: string,
  key: string,
  stored: readonly StoredCursor[],
): CursorStore {
  const texts = new Map(stored.map((row) => [row.stream, row.cursor]));
  const all = new Map<string, unknown>();
  for (const [stream, text] of texts) all.set(stream, parsed(text));
  return {
    all,
    isStored: (stream, cursor) => texts.get(stream) === JSON.stringify(cursor),
    async save(stream, cursor) {
      const text = JSON.stringify(cursor);
      if (texts.get(stream) === text) return;
      await warehouse.insert(cursors, [{ source, stream, key, cursor: text }]);
      texts.set(stream, text);
      all.set(stream, cursor);
    },
  };
}

/** A cursor that is no JSON counts as none, like one of another shape. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
