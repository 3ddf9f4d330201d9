import { createHash } from 'node:crypto';
import type { GitObject } from '../world/git-objects.ts';

const typeNumbers = { commit: 1, tree: 2, blob: 3, tag: 4 } as const;
const largestStoredBlock = 0xffff;

/**
 * A pack of these objects, without compression: commits are some 250 bytes each, and calling zlib for every one of
 * them takes longer than all the rest. Git reads it as any other.
 */
export function packOf(objects: readonly GitObject[]): Buffer {
  const header = Buffer.alloc(12);
  header.write('PACK', 0, 'latin1');
  header.writeUInt32BE(2, 4);
  header.writeUInt32BE(objects.length, 8);
  const parts: Buffer[] = [header];
  for (const { type, body } of objects) {
    parts.push(entryHeader(typeNumbers[type], body.length), ...stored(body));
  }
  const pack = Buffer.concat(parts);
  return Buffer.concat([pack, createHash('sha1').update(pack).digest()]);
}

/** Type and size: four bits of the size in the first byte, seven in each that follows. */
function entryHeader(type: number, size: number): Buffer {
  const bytes: number[] = [];
  let byte = (type << 4) | (size & 0x0f);
  let rest = Math.floor(size / 16);
  while (rest > 0) {
    bytes.push(byte | 0x80);
    byte = rest & 0x7f;
    rest = Math.floor(rest / 128);
  }
  bytes.push(byte);
  return Buffer.from(bytes);
}

/** A zlib stream of stored blocks (RFC 1950, RFC 1951). */
function stored(body: Buffer): Buffer[] {
  const parts: Buffer[] = [Buffer.from([0x78, 0x01])];
  for (let from = 0; from === 0 || from < body.length; from += largestStoredBlock) {
    const block = body.subarray(from, from + largestStoredBlock);
    const header = Buffer.alloc(5);
    header.writeUInt8(from + largestStoredBlock >= body.length ? 1 : 0, 0);
    header.writeUInt16LE(block.length, 1);
    header.writeUInt16LE(~block.length & 0xffff, 3);
    parts.push(header, block);
  }
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(adler32(body), 0);
  parts.push(checksum);
  return parts;
}

function adler32(body: Buffer): number {
  let a = 1;
  let b = 0;
  for (let index = 0; index < body.length;) {
    // As many as fit before the sums could overflow.
    const until = Math.min(index + 3800, body.length);
    for (; index < until; index++) {
      a += body[index]!;
      b += a;
    }
    a %= 65521;
    b %= 65521;
  }
  return ((b << 16) | a) >>> 0;
}
