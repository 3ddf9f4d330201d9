import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { usageError } from '@bellwether/core';
import type { ImportFormat } from '@bellwether/sources';
import { oneOf } from '../command-line/parse.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** A file that can be read from its beginning as often as needed. */
export interface ImportInput extends AsyncDisposable {
  readonly format: ImportFormat;
  open(): AsyncIterable<Uint8Array>;
}

const formats = { '.jsonl': 'jsonl', '.ndjson': 'jsonl', '.json': 'jsonl', '.csv': 'csv' } as const;

/**
 * Finds the file, or keeps what is piped in: an import reads twice, and a pipe gives everything once.
 *
 * @param file a path, or `-` for what is piped in
 * @throws BellwetherError `import-unreadable`, `usage`
 */
export async function openInput(
  file: string,
  format: string | undefined,
  terminal: Terminal,
): Promise<ImportInput> {
  const given = format === undefined ? undefined : oneOf('--format', format, ['jsonl', 'csv']);
  if (file === '-') return keepPiped(given, terminal);
  const path = resolve(terminal.cwd, file);
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (!found.isFile()) throw unreadable(path, new Error('it is no file'));
  return {
    format: given ?? formatOf(path),
    open: () => readFrom(path),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function keepPiped(format: ImportFormat | undefined, { stdin }: Terminal): Promise<ImportInput> {
  if (format === undefined) {
    throw usageError(
      'usage',
      'What is piped in has no name to tell its format.',
      'Add --format jsonl or csv.',
    );
  }
  // Readable by its owner alone: the folder is made with mode 0700.
  const folder = await mkdtemp(join(tmpdir(), 'bellwether-import-'));
  const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const path = join(folder, 'piped');
  try {
    await pipeline(stdin, createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    await dispose();
    throw error;
  }
  return { format, open: () => readFrom(path), [Symbol.asyncDispose]: dispose };
}

async function* readFrom(path: string): AsyncIterable<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path)) yield chunk as Buffer;
  } catch (error) {
    throw unreadable(path, error);
  }
}

function formatOf(path: string): ImportFormat {
  const extension = extname(path).toLowerCase();
  if (Object.hasOwn(formats, extension)) return formats[extension as keyof typeof formats];
  throw usageError(
    'usage',
    `The name of ${path} does not tell its format.`,
    'Add --format jsonl (one JSON object a line) or --format csv.',
  );
}

function unreadable(path: string, error: unknown): Error {
  const code = (error as NodeJS.ErrnoException).code;
  const why = code === 'ENOENT' ? 'is not there' : `cannot be read (${code ?? String(error)})`;
  return usageError('import-unreadable', `${path} ${why}.`, 'bellwether import --help', error);
}
