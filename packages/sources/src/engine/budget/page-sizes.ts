import { cursors, type Warehouse } from '@bellwether/warehouse';
import { z } from 'zod';

/** Page sizes that an earlier run learnt, per query and per what it was asked about. */
export interface PageSizes {
  /** Null where none was learnt. */
  load(query: string, key: string): Promise<number | null>;
  /** Null: forget it, the usual one is right again. */
  save(query: string, key: string, size: number | null): Promise<void>;
}

const PREFIX = 'page-size:';
const Stored = z.object({ size: z.number().int().min(1).nullable() });

/** Remembers within the process only. */
export function pageSizesInMemory(): PageSizes {
  const sizes = new Map<string, number | null>();
  return {
    load: async (query, key) => sizes.get(`${query} ${key}`) ?? null,
    save: async (query, key, size) => {
      sizes.set(`${query} ${key}`, size);
    },
  };
}

/** Remembers in `ops.cursors`, as stream `page-size:<query>` of a source. Everything is read at once, at first need. */
export function pageSizesIn(warehouse: Pick<Warehouse, 'readRows' | 'insert'>, source: string): PageSizes {
  let loaded: Promise<Map<string, number | null>> | undefined;
  const sizes = (): Promise<Map<string, number | null>> => (loaded ??= readSizes(warehouse, source));
  return {
    load: async (query, key) => (await sizes()).get(`${query} ${key}`) ?? null,
    async save(query, key, size) {
      const known = await sizes();
      if ((known.get(`${query} ${key}`) ?? null) === size) return;
      const cursor = JSON.stringify({ size });
      await warehouse.insert(cursors, [{ source, stream: `${PREFIX}${query}`, key, cursor }]);
      known.set(`${query} ${key}`, size);
    },
  };
}

async function readSizes(
  warehouse: Pick<Warehouse, 'readRows'>,
  source: string,
): Promise<Map<string, number | null>> {
  const rows = await warehouse.readRows(cursors, ['stream', 'key', 'cursor'], {
    sql: 'source = {source:String} AND startsWith(stream, {prefix:String})',
    params: { source, prefix: PREFIX },
  });
  return new Map(
    rows.map(({ stream, key, cursor }) => [`${stream.slice(PREFIX.length)} ${key}`, sizeOf(cursor)]),
  );
}

/** What cannot be read counts as not learnt. */
function sizeOf(cursor: string): number | null {
  try {
    return Stored.parse(JSON.parse(cursor)).size;
  } catch {
    return null;
  }
}
