import { ByteCursor, Shortage } from './byte-cursor.ts';
import { parseType } from './parse-type.ts';
import { walkColumn } from './walk-column.ts';

/** From this version on every column says whether it is serialised in a special way. */
const WITH_SERIALISATION_KIND = 54_454;

/**
 * Native as a client that names its `client_protocol_version` expects it. The engine writes version 0; from version 1
 * on every block begins with its BlockInfo, and since 54454 every column has a byte for its kind of serialisation.
 * The byte stands between type and values, so the length of each column has to be found.
 *
 * @param chunks Native of version 0; its blocks may lie in the chunks in any way
 * @throws QueryError NOT_IMPLEMENTED for types that cannot be walked; RangeError for bytes that are no blocks
 */
export async function* rebuildFrames(
  chunks: AsyncIterable<Uint8Array>,
  version: number,
): AsyncGenerator<Uint8Array> {
  let pending: Uint8Array[] = [];
  let size = 0;
  let needed = 1;
  for await (const chunk of chunks) {
    pending.push(chunk);
    size += chunk.length;
    if (size < needed) continue;
    const { frames, rest, missing, longest } = takeBlocks(joined(pending), version);
    yield* frames;
    pending = rest.length === 0 ? [] : [rest];
    size = rest.length;
    // A block that comes in crumbs is not walked anew for each of them: blocks of a result are about as long as each
    // other, and before the first one is known, twice as much has to be there for another look.
    needed = Math.max(missing, longest > 0 ? longest : size * 2, 1);
  }
  if (size === 0) return;
  const { frames, rest } = takeBlocks(joined(pending), version);
  yield* frames;
  if (rest.length > 0) throw new RangeError('The result ends within a block.');
}

function joined(pieces: readonly Uint8Array[]): Buffer {
  const [only] = pieces;
  if (pieces.length === 1 && only) return Buffer.from(only.buffer, only.byteOffset, only.byteLength);
  return Buffer.concat(pieces);
}

/** All whole blocks at the head of `bytes`, rebuilt; what is left; how long that has to become at least; the longest. */
function takeBlocks(
  bytes: Buffer,
  version: number,
): { frames: Uint8Array[]; rest: Buffer; missing: number; longest: number } {
  const frames: Uint8Array[] = [];
  let begin = 0;
  let longest = 0;
  while (begin < bytes.length) {
    try {
      const { frame, end } = rebuildBlock(bytes, begin, version);
      frames.push(frame);
      longest = Math.max(longest, end - begin);
      begin = end;
    } catch (error) {
      if (!(error instanceof Shortage)) throw error;
      return { frames, rest: bytes.subarray(begin), missing: error.needed - begin, longest };
    }
  }
  return { frames, rest: bytes.subarray(begin), missing: 0, longest };
}

/** Fields 1 (`is_overflows` = false) and 2 (`bucket_num` = -1), and 0 for their end. */
const BLOCK_INFO = Buffer.from([1, 0, 2, 0xff, 0xff, 0xff, 0xff, 0]);
const PLAIN_SERIALISATION = Buffer.from([0]);

function rebuildBlock(bytes: Buffer, begin: number, version: number): { frame: Uint8Array; end: number } {
  const cursor = new ByteCursor(bytes, begin);
  const pieces: Uint8Array[] = [BLOCK_INFO];
  const columns = cursor.varint();
  const rows = cursor.varint();
  let copied = begin;
  for (let column = 0; column < columns; column++) {
    cursor.string();
    const type = parseType(cursor.string());
    if (version >= WITH_SERIALISATION_KIND) {
      pieces.push(bytes.subarray(copied, cursor.at), PLAIN_SERIALISATION);
      copied = cursor.at;
    }
    if (rows > 0) walkColumn(cursor, type, rows);
  }
  pieces.push(bytes.subarray(copied, cursor.at));
  return { frame: Buffer.concat(pieces), end: cursor.at };
}
