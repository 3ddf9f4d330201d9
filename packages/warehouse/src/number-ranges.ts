import { columnType, type Table } from './table.ts';

/** What a number of a column has to be. */
export interface NumberRange {
  column: string;
  isNullable: boolean;
  isWhole: boolean;
  min: number;
  max: number;
}

/** Beyond 2^53 a JavaScript number is not exact any more, so 64-bit columns end there. */
const WHOLE: Readonly<Record<string, readonly [number, number]>> = {
  UInt8: [0, 2 ** 8 - 1],
  UInt16: [0, 2 ** 16 - 1],
  UInt32: [0, 2 ** 32 - 1],
  UInt64: [0, Number.MAX_SAFE_INTEGER],
  Int32: [-(2 ** 31), 2 ** 31 - 1],
  Int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  DateTime64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
};

/**
 * The engine takes what does not fit without a word: 2^32 + 1 becomes 1 in a UInt32, 1.5 seconds instead of
 * milliseconds in a DateTime64, infinity becomes NaN. So numbers are checked before they leave.
 */
export function numberRanges(table: Table, columns: readonly string[]): NumberRange[] {
  return columns.flatMap((column): NumberRange[] => {
    const [, outer, name = ''] = /^(Nullable\()?(\w+)/.exec(columnType(table.columns[column] ?? '')) ?? [];
    const isNullable = outer !== undefined;
    if (name === 'Float64') {
      return [{ column, isNullable, isWhole: false, min: -Number.MAX_VALUE, max: Number.MAX_VALUE }];
    }
    const range = WHOLE[name];
    return range ? [{ column, isNullable, isWhole: true, min: range[0], max: range[1] }] : [];
  });
}

/** @throws Error that names table and column, and the number */
export function assertInRange(
  table: Table,
  { column, isNullable, isWhole, min, max }: NumberRange,
  value: unknown,
): void {
  if (value === null && isNullable) return;
  if (typeof value === 'number' && value >= min && value <= max && (!isWhole || Number.isInteger(value))) {
    return;
  }
  throw new Error(
    `${table.qualified}.${column} cannot hold ${typeof value === 'number' ? String(value) : typeof value}`,
  );
}
