import type { Engine } from './engine.ts';
import type { QueryParams } from './warehouse.ts';

export async function* queryText(
  engine: Engine,
  sql: string,
  format: string,
  params: QueryParams | undefined,
): AsyncIterable<Uint8Array> {
  yield await engine.run(sql, { lane: 'text', format, params });
}
