import { cityHash128 } from './city-hash.ts';

/** Small enough that hashing one holds up nobody else. */
const BLOCK_BYTES = 32 * 1024;
const CHECKSUM_BYTES = 16;
const HEADER_BYTES = 9;
const METHOD_LZ4 = 0x82;

/**
 * A result in ClickHouse's own compressed blocks, which `compress=1` asks for: JDBC, and so DBeaver, does unless it is
 * told otherwise. The blocks are LZ4 of literals alone, as large as what is in them: their readers know no method but
 * LZ4, and who wants it small takes gzip.
 */
export async function* packedBlocks(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += BLOCK_BYTES) {
      yield packedBlock(chunk.subarray(at, at + BLOCK_BYTES));
    }
  }
}

/** Checksum of all that follows; method, size from the method on, size unpacked; the bytes as one run of literals. */
function packedBlock(bytes: Uint8Array): Uint8Array {
  const { length } = bytes;
  const run = length < 15 ? [length << 4] : [0xf0, ...runLength(length - 15)];
  const size = HEADER_BYTES + run.length + length;
  const block = Buffer.alloc(CHECKSUM_BYTES + size);
  block.writeUInt8(METHOD_LZ4, CHECKSUM_BYTES);
  block.writeUInt32LE(size, CHECKSUM_BYTES + 1);
  block.writeUInt32LE(length, CHECKSUM_BYTES + 5);
  block.set(run, CHECKSUM_BYTES + HEADER_BYTES);
  block.set(bytes, CHECKSUM_BYTES + HEADER_BYTES + run.length);
  const [low, high] = cityHash128(block.subarray(CHECKSUM_BYTES));
  block.writeBigUInt64LE(low, 0);
  block.writeBigUInt64LE(high, 8);
  return block;
}

function runLength(beyond: number): number[] {
  return [...new Array<number>(Math.floor(beyond / 255)).fill(255), beyond % 255];
}
