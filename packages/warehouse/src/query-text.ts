import { usageError } from '@bellwether/core';
import type { Engine } from './engine.ts';
import { headerLength, isStreamable } from './query-formats.ts';
import type { QueryParams } from './warehouse.ts';

/** See `Warehouse.queryText`. */
export async function* queryText(
  engine: Engine,
  sql: string,
  format: string,
  params: QueryParams | undefined,
): AsyncIterable<Uint8Array> {
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(format)) {
    throw usageError(
      'unknown-format',
      `"${format}" is not a format.`,
      'bellwether query "<sql>" --format JSONEachRow',
    );
  }
  if (!isStreamable(format) || !isSelect(sql)) {
    yield await engine.run(sql, { lane: 'text', format, params });
    return;
  }
  let isFirst = true;
  for await (const piece of engine.stream(sql, { lane: 'stream', format, params })) {
    // Over HTTP comes one document in arbitrary chunks; only the embedded engine repeats itself.
    const repeated = isFirst || engine.kind !== 'embedded' ? 0 : headerLength(format, piece);
    isFirst = false;
    if (repeated < piece.length) yield piece.subarray(repeated);
  }
}

/** SHOW, DESCRIBE and EXISTS cannot be streamed by the embedded engine, and are short. */
function isSelect(sql: string): boolean {
  return /^[\s(]*(?:SELECT|WITH|FROM|VALUES)\b/i.test(sql);
}
