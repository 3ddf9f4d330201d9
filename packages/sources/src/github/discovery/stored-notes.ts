import { cursors, type Warehouse } from '@bellwether/warehouse';
import type { z } from 'zod';

/**
 * What discovery has to remember from run to run, kept beside the cursors of the streams: a few small values by key.
 * A note that does not fit its schema counts as none.
 */
export class StoredNotes<Note> {
  readonly #warehouse: Warehouse;
  readonly #stream: string;
  readonly #schema: z.ZodType<Note>;

  constructor(warehouse: Warehouse, stream: string, schema: z.ZodType<Note>) {
    this.#warehouse = warehouse;
    this.#stream = stream;
    this.#schema = schema;
  }

  async readAll(): Promise<Map<string, Note>> {
    const rows = await this.#warehouse.readRows(cursors, ['key', 'cursor'], {
      sql: 'source = {source:String} AND stream = {stream:String}',
      params: { source: 'github', stream: this.#stream },
    });
    const notes = new Map<string, Note>();
    for (const { key, cursor } of rows) {
      const note = this.#schema.safeParse(parsed(cursor));
      if (note.success) notes.set(key, note.data);
    }
    return notes;
  }

  async store(notes: ReadonlyMap<string, Note>): Promise<void> {
    const rows = [...notes].map(([key, note]) => ({
      source: 'github',
      stream: this.#stream,
      key,
      cursor: JSON.stringify(note),
    }));
    await this.#warehouse.insert(cursors, rows);
  }

  async remove(keys: readonly string[]): Promise<void> {
    await this.#warehouse.remove(
      cursors,
      keys.map((key) => ({ source: 'github', stream: this.#stream, key })),
    );
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
