import { QueryError } from './query-error.ts';

/**
 * They write when they have everything, in memory that no limit of the engine counts: so the result is limited.
 * Parquet, ORC and Arrow write groups of rows, but each holds up to a million.
 */
const HELD_WHOLE = /^(?:JSONColumns|JSONColumnsWithMetadata|JSONCompactColumns|Npy|Parquet|ORC|Pretty\w*)$/;

/** Speak a protocol or need files beside the query, and none of them can be had here. */
const REFUSED = new Set([
  'AvroConfluent',
  'CapnProto',
  'MySQLWire',
  'ODBCDriver2',
  'PostgreSQLWire',
  'Template',
  'TemplateIgnoreSpaces',
]);

/**
 * What rows can be inserted in: formats that need nothing but the body. Not here are those that take a schema from a
 * file or the network, or evaluate what they read (`Values` is told not to).
 */
const INPUTS = [
  'Arrow',
  'ArrowStream',
  'Avro',
  'BSONEachRow',
  'CSV',
  'CSVWithNames',
  'CSVWithNamesAndTypes',
  'JSON',
  'JSONColumns',
  'JSONColumnsWithMetadata',
  'JSONCompact',
  'JSONCompactColumns',
  'JSONCompactEachRow',
  'JSONCompactEachRowWithNames',
  'JSONCompactEachRowWithNamesAndTypes',
  'JSONCompactStringsEachRow',
  'JSONCompactStringsEachRowWithNames',
  'JSONCompactStringsEachRowWithNamesAndTypes',
  'JSONEachRow',
  'JSONLines',
  'JSONObjectEachRow',
  'JSONStringsEachRow',
  'LineAsString',
  'MsgPack',
  'NDJSON',
  'Native',
  'ORC',
  'Parquet',
  'RowBinary',
  'RowBinaryWithDefaults',
  'RowBinaryWithNames',
  'RowBinaryWithNamesAndTypes',
  'TSKV',
  'TSV',
  'TSVRaw',
  'TSVRawWithNames',
  'TSVRawWithNamesAndTypes',
  'TSVWithNames',
  'TSVWithNamesAndTypes',
  'TabSeparated',
  'TabSeparatedRaw',
  'TabSeparatedRawWithNames',
  'TabSeparatedRawWithNamesAndTypes',
  'TabSeparatedWithNames',
  'TabSeparatedWithNamesAndTypes',
  'Values',
];

const INPUT_NAMES = new Map(INPUTS.map((name) => [name.toLowerCase(), name]));

/** The formats that this engine can write, by what a client may call them. */
export class ResultFormats {
  readonly #names: ReadonlyMap<string, string>;

  constructor(names: readonly string[]) {
    this.#names = new Map(names.map((name) => [name.toLowerCase(), name]));
  }

  /** @throws QueryError 73 for a name that is none, 48 for a format that cannot be served */
  find(name: string): { name: string; isHeldWhole: boolean } {
    const known = this.#names.get(name.toLowerCase());
    if (known === undefined) throw new QueryError(73, 'UNKNOWN_FORMAT', `Unknown format ${quoted(name)}`);
    if (REFUSED.has(known)) {
      throw new QueryError(48, 'NOT_IMPLEMENTED', `Format ${known} is not supported here`);
    }
    return { name: known, isHeldWhole: HELD_WHOLE.test(known) };
  }
}

/** @throws QueryError 73 */
export function findInputFormat(name: string): string {
  const known = INPUT_NAMES.get(name.toLowerCase());
  if (known !== undefined) return known;
  throw new QueryError(73, 'UNKNOWN_FORMAT', `Rows cannot be inserted here in the format ${quoted(name)}`);
}

function quoted(name: string): string {
  return /^\w{1,60}$/.test(name) ? name : 'of this name';
}
