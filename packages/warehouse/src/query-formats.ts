/**
 * How a result of a format can be put together from pieces that are each a document of their own.
 *
 * `plain`: pieces follow each other. A number: that many lines at the head of every piece are a header, kept once.
 * `csv`: as one header line, but its quoted names may hold line ends. Every other format (JSON, Parquet, Arrow,
 * Pretty…) has a frame around the whole and is held in memory instead.
 */
const STREAMABLE: Readonly<Record<string, 'plain' | 'csv' | number>> = {
  csv: 'plain',
  csvwithnames: 'csv',
  jsoncompacteachrow: 'plain',
  jsoncompacteachrowwithnames: 1,
  jsoncompacteachrowwithnamesandtypes: 2,
  jsoncompactstringseachrow: 'plain',
  jsoneachrow: 'plain',
  jsonlines: 'plain',
  jsonstringseachrow: 'plain',
  native: 'plain',
  ndjson: 'plain',
  rowbinary: 'plain',
  tabseparated: 'plain',
  tabseparatedraw: 'plain',
  tabseparatedwithnames: 1,
  tabseparatedwithnamesandtypes: 2,
  tsv: 'plain',
  tsvraw: 'plain',
  tsvwithnames: 1,
  tsvwithnamesandtypes: 2,
};

export function isStreamable(format: string): boolean {
  return Object.hasOwn(STREAMABLE, format.toLowerCase());
}

/** How many bytes at the head of a piece repeat what the first piece already said. */
export function headerLength(format: string, piece: Uint8Array): number {
  const kind = STREAMABLE[format.toLowerCase()];
  if (kind === 'csv') return csvRecordLength(piece);
  let end = 0;
  for (let line = 0; typeof kind === 'number' && line < kind; line++) end = piece.indexOf(LINE_END, end) + 1;
  return end;
}

const LINE_END = 0x0a;
const QUOTE = 0x22;

/** A doubled quote leaves and enters the quotes again, so counting them suffices. */
function csvRecordLength(piece: Uint8Array): number {
  let isQuoted = false;
  for (let at = 0; at < piece.length; at++) {
    if (piece[at] === QUOTE) isQuoted = !isQuoted;
    else if (piece[at] === LINE_END && !isQuoted) return at + 1;
  }
  return piece.length;
}
