import { QueryError, splitInsert } from '@bellwether/warehouse';

export interface ReadStatement {
  sql: string;
  /** What follows the statement of an INSERT; empty for others. */
  data: AsyncIterable<Uint8Array>;
}

/**
 * Puts a statement together from the address and the body: where both say something, a line end stands between them,
 * as in ClickHouse. Of an INSERT only the statement is read; its rows stay in the body.
 *
 * @throws QueryError SYNTAX_ERROR where the text is empty, too long or no UTF-8
 */
export async function readStatement(
  query: string,
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<ReadStatement> {
  const pieces = body[Symbol.asyncIterator]();
  let held: Uint8Array[] = query === '' ? [] : [Buffer.from(`${query}\n`)];
  let size = held[0]?.length ?? 0;
  const look = (isWhole: boolean): { text: Buffer; insert: ReadStatement | null } => {
    const text = Buffer.concat(held);
    held = [text];
    const split = splitInsert(text.toString('latin1', 0, maxBytes), isWhole);
    if (!split) return { text, insert: null };
    const sql = decode(text.subarray(0, split.statementEnd));
    return { text, insert: { sql, data: following(text.subarray(split.dataBegin), pieces) } };
  };
  // Looked at again when it has doubled: a body in crumbs is not read anew for each of them.
  for (let nextLook = 1; ;) {
    if (size >= nextLook) {
      const { insert } = look(false);
      if (insert) return insert;
      if (size > maxBytes) throw tooLong(maxBytes);
      nextLook = Math.min(size * 2, maxBytes + 1);
    }
    const next = await pieces.next();
    if (next.done) break;
    held.push(next.value);
    size += next.value.length;
  }
  const { text, insert } = look(true);
  if (insert) return insert;
  const sql = decode(text).trim();
  if (sql === '') throw new QueryError(62, 'SYNTAX_ERROR', 'Syntax error: Empty query');
  return { sql, data: following(new Uint8Array(), pieces) };
}

async function* following(rest: Uint8Array, pieces: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (rest.length > 0) yield rest;
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
  } finally {
    await pieces.return?.();
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw new QueryError(62, 'SYNTAX_ERROR', 'Syntax error: the query is not UTF-8');
  }
}

function tooLong(maxBytes: number): QueryError {
  return new QueryError(62, 'SYNTAX_ERROR', `Syntax error: Max query size exceeded (${maxBytes} bytes)`);
}
