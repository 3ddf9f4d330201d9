import { cursors, type Warehouse } from '@bellwether/warehouse';

/** The stored cursors of one source and repository. */
export interface CursorStore {
  /** By stream name, parsed as JSON but not yet against the stream's schema. */
  readonly all: ReadonlyMap<string, unknown>;
  /** Stores a cursor. To be called once everything it stands for is acknowledged. */
  save(stream: string, cursor: unknown): Promise<void>;
}

export async function loadCursors(warehouse: Warehouse, source: string, key: string): Promise<CursorStore> {
  const stored = await warehouse.readRows(cursors, ['stream', 'cursor'], {
    sql: 'source = {source:String} AND key = {key:String}',
    params: { source, key },
  });
  const texts = new Map(stored.map((row) => [row.stream, row.cursor]));
  const all = new Map<string, unknown>();
  for (const [stream, text] of texts) all.set(stream, parsed(text));
  return {
    all,
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
