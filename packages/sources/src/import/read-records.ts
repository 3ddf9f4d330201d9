import { usageError } from '@bellwether/core';
import { parse } from 'csv-parse';

/** One line of a file, before anybody looked at what it says. */
export type FileRecord =
  | { readonly line: number; readonly fields: Readonly<Record<string, unknown>> }
  | { readonly line: number; readonly problem: string };

export type ImportFormat = 'jsonl' | 'csv';

/** More is no line of a table but a file without line feeds. */
const LINE_LIMIT = 1_000_000;

/**
 * Reads a file record by record; empty lines and empty values are left out. Memory holds one line.
 *
 * @throws BellwetherError `import-unreadable` where it cannot go on: not UTF-8, a quote that never ends
 */
export function readRecords(
  bytes: AsyncIterable<Uint8Array>,
  format: ImportFormat,
): AsyncIterable<FileRecord> {
  return format === 'jsonl' ? readJsonLines(textOf(bytes)) : readCsv(textOf(bytes));
}

async function* textOf(bytes: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  // Drops the byte order mark that spreadsheets write.
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (chunk?: Uint8Array): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw unreadable('It is not UTF-8 text.', 'Save it as UTF-8, then import it again.');
    }
  };
  for await (const chunk of bytes) yield decode(chunk);
  yield decode();
}

async function* readJsonLines(text: AsyncIterable<string>): AsyncIterable<FileRecord> {
  let line = 0;
  for await (const content of linesOf(text)) {
    line += 1;
    if (content.trim() !== '') yield parseLine(content, line);
  }
}

async function* linesOf(text: AsyncIterable<string>): AsyncIterable<string> {
  let rest = '';
  let line = 1;
  for await (const chunk of text) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    line += lines.length;
    if (rest.length > LINE_LIMIT) {
      throw unreadable(
        `Line ${String(line)} is longer than a million characters.`,
        'One JSON object a line.',
      );
    }
    yield* lines;
  }
  yield rest;
}

function parseLine(content: string, line: number): FileRecord {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    // The parser's message quotes the line, and lines may say anything.
    return { line, problem: 'is not JSON' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { line, problem: 'is no JSON object' };
  }
  return { line, fields: withoutEmpty(Object.entries(value)) };
}

async function* readCsv(text: AsyncIterable<string>): AsyncIterable<FileRecord> {
  const parser = parse({
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LINE_LIMIT,
  });
  const feeding = feed(parser, text);
  let header: readonly string[] | null = null;
  let line = 1;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      if (header === null) header = headerOf(record);
      else yield recordOf(header, record, line);
      line = info.lines + 1;
    }
    await feeding;
    if (header === null) throw withoutHeader();
  } catch (error) {
    parser.destroy();
    // What the file itself could not give comes first: the parser then only sees a stream that broke off.
    await feeding;
    throw asUnreadable(error, line);
  }
}

/** Never rejects while the parser is being read: an error of the file ends the parser, and is thrown by `await`. */
function feed(parser: ReturnType<typeof parse>, text: AsyncIterable<string>): Promise<void> {
  const feeding = (async () => {
    try {
      for await (const chunk of text) {
        if (parser.destroyed) return;
        if (!parser.write(chunk)) await drained(parser);
      }
      parser.end();
    } catch (error) {
      parser.destroy();
      throw error;
    }
  })();
  feeding.catch(() => {});
  return feeding;
}

function drained(parser: ReturnType<typeof parse>): Promise<void> {
  return new Promise((resolve) => {
    if (parser.destroyed) resolve();
    const done = (): void => {
      parser.off('drain', done).off('close', done);
      resolve();
    };
    parser.on('drain', done).on('close', done);
  });
}

function headerOf(record: readonly string[]): string[] {
  const names = record.map((title) => title.trim().toLowerCase());
  if (names.every((title) => title === '')) throw withoutHeader();
  const twice = names.find((title, at) => names.indexOf(title) !== at);
  if (twice === undefined) return names;
  throw unreadable(
    `Its first line names the column "${twice.slice(0, 60)}" twice.`,
    'Name each column once.',
  );
}

function withoutHeader(): Error {
  return unreadable(
    'It is empty; the first line of a CSV names its columns.',
    'Write at least the names of the columns, such as id,finished_at',
  );
}

function recordOf(header: readonly string[], record: readonly string[], line: number): FileRecord {
  if (record.length > header.length) {
    return {
      line,
      problem: `has ${String(record.length)} cells, and the first line names ${String(header.length)} columns`,
    };
  }
  return { line, fields: withoutEmpty(header.map((title, at) => [title, record[at]?.trim()])) };
}

/** Null and '' are how files say "nothing", in nested objects too. */
function withoutEmpty(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  return Object.fromEntries(
    entries
      .filter(([, value]) => value != null && value !== '')
      .map(([field, value]) => [field, Array.isArray(value) ? value.map(withoutEmptyFields) : value]),
  );
}

function withoutEmptyFields(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? withoutEmpty(Object.entries(value))
    : value;
}

function asUnreadable(error: unknown, line: number): unknown {
  const { code, lines } = error as { code?: unknown; lines?: number };
  if (typeof code !== 'string' || !code.startsWith('CSV_')) return error;
  const what =
    code === 'CSV_MAX_RECORD_SIZE'
      ? 'a record of more than a million characters'
      : 'a quote that is out of place';
  return unreadable(
    // A quote that never ends is noticed at the end of the file.
    `It is no CSV: between lines ${String(line)} and ${String(lines ?? line)} there is ${what}.`,
    'Cells with commas, quotes or line feeds stand in double quotes, and a quote inside is doubled.',
  );
}

function unreadable(message: string, next: string): Error {
  return usageError('import-unreadable', `The file cannot be read. ${message}`, next);
}
