import { QueryError } from '@bellwether/warehouse';

/** How the values of a type lie in a Native block; no more than it takes to find their end. */
export type NativeType =
  | { kind: 'fixed'; bytes: number }
  | { kind: 'string' }
  | { kind: 'nullable' | 'array'; of: NativeType }
  | { kind: 'tuple'; parts: readonly NativeType[] }
  /** `of` is the type of the dictionary: without Nullable, which only reserves a key there. */
  | { kind: 'low-cardinality'; of: NativeType };

/**
 * Reads ClickHouse's name of a type: `Array(Tuple(at DateTime64(3, 'UTC'), state LowCardinality(String)))`.
 *
 * @throws QueryError NOT_IMPLEMENTED for a type whose values cannot be told apart (JSON, Dynamic, Variant,
 *   AggregateFunction)
 */
export function parseType(text: string): NativeType {
  return parse(text, 0);
}

/** Deeper than any table of ours, and far from the end of the stack. */
const MAX_DEPTH = 64;

function parse(text: string, depth: number): NativeType {
  const written = text.trim();
  if (depth > MAX_DEPTH) throw unreadable(written);
  const { name, args } = splitType(written);
  const bytes = FIXED.get(name);
  if (bytes !== undefined) return { kind: 'fixed', bytes };
  const inner = (at: number): NativeType => {
    const arg = args[at];
    if (arg === undefined) throw unreadable(written);
    return parse(arg, depth + 1);
  };
  const tuple = (): NativeType => ({
    kind: 'tuple',
    parts: args.map((arg) => parse(withoutName(arg), depth + 1)),
  });
  switch (name) {
    case 'String':
      return { kind: 'string' };
    case 'FixedString':
      return { kind: 'fixed', bytes: wholeNumber(args[0], written) };
    case 'Decimal':
      return { kind: 'fixed', bytes: decimalBytes(wholeNumber(args[0], written)) };
    case 'Nullable':
      return { kind: 'nullable', of: inner(0) };
    case 'Array':
      return { kind: 'array', of: inner(0) };
    case 'Map':
      return { kind: 'array', of: { kind: 'tuple', parts: [inner(0), inner(1)] } };
    case 'Tuple':
      return tuple();
    case 'Nested':
      return { kind: 'array', of: tuple() };
    case 'SimpleAggregateFunction':
      return inner(1);
    case 'LowCardinality': {
      const of = inner(0);
      return { kind: 'low-cardinality', of: of.kind === 'nullable' ? of.of : of };
    }
    default: {
      const alias = GEOMETRY.get(name);
      if (alias !== undefined) return parse(alias, depth + 1);
      if (name.startsWith('Interval')) return { kind: 'fixed', bytes: 8 };
      throw unreadable(written);
    }
  }
}

const FIXED: ReadonlyMap<string, number> = new Map(
  Object.entries({
    Bool: 1,
    Int8: 1,
    Int16: 2,
    Int32: 4,
    Int64: 8,
    Int128: 16,
    Int256: 32,
    UInt8: 1,
    UInt16: 2,
    UInt32: 4,
    UInt64: 8,
    UInt128: 16,
    UInt256: 32,
    BFloat16: 2,
    Float32: 4,
    Float64: 8,
    Decimal32: 4,
    Decimal64: 8,
    Decimal128: 16,
    Decimal256: 32,
    Date: 2,
    Date32: 4,
    DateTime: 4,
    DateTime32: 4,
    DateTime64: 8,
    Time: 4,
    Time64: 8,
    Enum8: 1,
    Enum16: 2,
    IPv4: 4,
    IPv6: 16,
    UUID: 16,
    // Of `NULL` and `[]`: a byte that means nothing stands for each value.
    Nothing: 1,
  }),
);

const GEOMETRY: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Point: 'Tuple(Float64, Float64)',
    Ring: 'Array(Point)',
    LineString: 'Array(Point)',
    MultiLineString: 'Array(LineString)',
    Polygon: 'Array(Ring)',
    MultiPolygon: 'Array(Polygon)',
  }),
);

function decimalBytes(precision: number): number {
  if (precision <= 9) return 4;
  if (precision <= 18) return 8;
  return precision <= 38 ? 16 : 32;
}

function wholeNumber(text: string | undefined, type: string): number {
  if (text === undefined || !/^\s*\d{1,9}\s*$/.test(text)) throw unreadable(type);
  return Number(text);
}

/** `a String`, `` `a b` Array(…) ``: no type has a space behind its first word. */
function withoutName(element: string): string {
  return element.trim().replace(/^(?:`(?:[^`\\]|\\.|``)*`|"(?:[^"\\]|\\.|"")*"|\w+)\s+/s, '');
}

/** `Name(a, b)` → Name and what the commas part; those in quotes and brackets part nothing. */
function splitType(text: string): { name: string; args: string[] } {
  const open = text.indexOf('(');
  if (open < 0) return { name: text, args: [] };
  if (!text.endsWith(')')) throw unreadable(text);
  const args: string[] = [];
  let depth = 0;
  let begin = open + 1;
  const end = text.length - 1;
  for (let at = begin; at < end; at++) {
    const character = text[at]!;
    if (character === "'" || character === '`' || character === '"') at = endOfQuoted(text, at);
    else if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (character === ',' && depth === 0) {
      args.push(text.slice(begin, at));
      begin = at + 1;
    }
  }
  const last = text.slice(begin, end);
  if (args.length > 0 || last.trim() !== '') args.push(last);
  return { name: text.slice(0, open).trim(), args };
}

function endOfQuoted(text: string, open: number): number {
  const quote = text[open];
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote) return at;
  }
  return text.length;
}

function unreadable(type: string): QueryError {
  const shown = type.length > 100 ? `${type.slice(0, 100)}…` : type;
  return new QueryError(
    48,
    'NOT_IMPLEMENTED',
    `A column of type ${shown} cannot be sent in Native with client_protocol_version. Cast it with toString(), or ask for another format`,
  );
}
