/** The bytes at hand end before the value does. */
export class Shortage extends Error {
  override readonly name = 'Shortage';
  /** So many bytes, from the beginning, are needed at least. */
  readonly needed: number;

  constructor(needed: number) {
    super('The block is not complete yet.');
    this.needed = needed;
  }
}

/** Reads ClickHouse's binary basics: little endian numbers, lengths of seven bits a byte. @throws Shortage */
export class ByteCursor {
  readonly bytes: Buffer;
  at: number;

  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  skip(length: number): void {
    const end = this.at + length;
    if (end > this.bytes.length) throw new Shortage(end);
    this.at = end;
  }

  varint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      if (this.at >= this.bytes.length) throw new Shortage(this.at + 1);
      const byte = this.bytes[this.at++]!;
      value += (byte & 0x7f) * factor;
      if (!Number.isSafeInteger(value)) throw new RangeError('A length of the block is out of range.');
      if (byte < 0x80) return value;
    }
  }

  uint64(): number {
    this.skip(8);
    const value = Number(this.bytes.readBigUInt64LE(this.at - 8));
    if (!Number.isSafeInteger(value)) throw new RangeError('A count of the block is out of range.');
    return value;
  }

  string(): string {
    const length = this.varint();
    this.skip(length);
    return this.bytes.toString('utf8', this.at - length, this.at);
  }

  /** Written out, because a column has as many strings as rows. */
  skipStrings(count: number): void {
    const { bytes } = this;
    for (let index = 0, { at } = this; index < count; index++) {
      const first = bytes[at];
      if (first !== undefined && first < 0x80) at += first + 1;
      else {
        this.at = at;
        const length = this.varint();
        at = this.at + length;
      }
      if (at > bytes.length) throw new Shortage(at);
      this.at = at;
    }
  }
}
