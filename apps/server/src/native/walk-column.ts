import type { ByteCursor } from './byte-cursor.ts';
import type { NativeType } from './parse-type.ts';

/** Moves the cursor behind the values of one column of a block. @throws Shortage */
export function walkColumn(cursor: ByteCursor, type: NativeType, rows: number): void {
  walkPrefix(cursor, type);
  walkValues(cursor, type, rows);
}

/** Every dictionary says its version first, before any value of the column. */
function walkPrefix(cursor: ByteCursor, type: NativeType): void {
  switch (type.kind) {
    case 'low-cardinality': {
      if (cursor.uint64() !== 1) throw new RangeError('A dictionary of the block has an unknown version.');
      return;
    }
    case 'array':
    case 'nullable':
      walkPrefix(cursor, type.of);
      return;
    case 'tuple':
      for (const part of type.parts) walkPrefix(cursor, part);
      return;
    case 'fixed':
    case 'string':
  }
}

function walkValues(cursor: ByteCursor, type: NativeType, rows: number): void {
  if (rows === 0) return;
  switch (type.kind) {
    case 'fixed':
      cursor.skip(rows * type.bytes);
      return;
    case 'string':
      cursor.skipStrings(rows);
      return;
    case 'nullable':
      cursor.skip(rows);
      walkValues(cursor, type.of, rows);
      return;
    case 'array':
      // Where each row ends; the last says how many values there are.
      cursor.skip((rows - 1) * 8);
      walkValues(cursor, type.of, cursor.uint64());
      return;
    case 'tuple':
      if (type.parts.length === 0) cursor.skip(rows);
      for (const part of type.parts) walkValues(cursor, part, rows);
      return;
    case 'low-cardinality':
      walkDictionary(cursor, type.of, rows);
  }
}

/** Flags of a dictionary: width of its indexes in the low byte; whether its keys are elsewhere; whether they follow. */
const KEYS_ELSEWHERE = 0x100;
const KEYS_FOLLOW = 0x200;

function walkDictionary(cursor: ByteCursor, of: NativeType, rows: number): void {
  const flags = cursor.uint64();
  const width = flags & 0xff;
  if (width > 3 || (flags & KEYS_ELSEWHERE) !== 0) {
    throw new RangeError('A dictionary of the block is of an unknown kind.');
  }
  if ((flags & KEYS_FOLLOW) !== 0) walkValues(cursor, of, cursor.uint64());
  const indexes = cursor.uint64();
  if (indexes !== rows) throw new RangeError('A dictionary of the block does not fit its rows.');
  cursor.skip(indexes << width);
}
