/** As much as a pipe holds, so that one read can empty it. */
const BUFFER_BYTES = 64 * 1024;
/** So many lie ready; the others are left to the garbage collector. */
const MOST_FREE = 64;

/**
 * Memory for what is read, used again and again. With new memory for each read, a large result is a gigabyte a second
 * of garbage outside the heap, and collecting it would cost more than sending it.
 */
export class ReadBuffers {
  readonly #free: Buffer[] = [];
  /** Those that somebody reads; whoever forgets to give one back loses nothing but the memory for a while. */
  readonly #lent = new WeakMap<ArrayBufferLike, Buffer>();

  take(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(BUFFER_BYTES);
  }

  /** The first bytes of a buffer that was taken. A few of them do not keep all of it. */
  lend(buffer: Buffer, length: number): Buffer {
    if (length < BUFFER_BYTES / 4) {
      const copy = Buffer.from(buffer.subarray(0, length));
      this.put(buffer);
      return copy;
    }
    this.#lent.set(buffer.buffer, buffer);
    return buffer.subarray(0, length);
  }

  /** @param piece one that was lent and that nobody will look at any more; any other is left alone */
  giveBack(piece: Uint8Array): void {
    const buffer = this.#lent.get(piece.buffer);
    if (!buffer) return;
    this.#lent.delete(piece.buffer);
    this.put(buffer);
  }

  /** A buffer that was taken and not lent. */
  put(buffer: Buffer): void {
    if (this.#free.length < MOST_FREE) this.#free.push(buffer);
  }
}
