import { randomUUID } from 'node:crypto';
import { cancelledError, type Clock, type Config, type Talk, usageError } from '@bellwether/core';
import type { Warehouse } from '@bellwether/warehouse';
import { RunRecord } from '../engine/run-record.ts';
import { asBellwetherError } from '../engine/run-stream.ts';
import { ChangedRows, textOf } from './changed-rows.ts';
import type { ImportKind, MapContext } from './import-kind.ts';
import { invalidLines, type LineProblem } from './line-problems.ts';
import { mapRecord } from './map-record.ts';
import { readPlaces } from './place.ts';
import { type ImportFormat, readRecords } from './read-records.ts';

export interface ImportOptions {
  readonly warehouse: Warehouse;
  readonly kind: ImportKind;
  readonly config: Config;
  /** Opens the file at its beginning; called once to check and once to store. */
  readonly open: () => AsyncIterable<Uint8Array>;
  readonly format: ImportFormat;
  /** The repository of lines that name none. */
  readonly repo?: string | undefined;
  /** Store the right lines although others are wrong. */
  readonly skipsInvalid: boolean;
  /** What earlier imports brought to the same repositories, and this file does not hold, goes away. */
  readonly replaces: boolean;
  readonly clock: Clock;
  readonly talk: Talk;
  readonly signal: AbortSignal;
  /** A new unique text at each call. */
  readonly makeRunId?: () => string;
}

export interface ImportResult {
  /** Lines that hold something; empty ones and the header of a CSV do not count. */
  readonly lineCount: number;
  readonly invalidCount: number;
  /** What is wrong with the first of the invalid lines. */
  readonly problems: readonly LineProblem[];
  /** Rows that were new or differed. */
  readonly written: number;
  readonly removed: number;
  /** The repositories that the file speaks of. */
  readonly repositories: readonly string[];
}

/** Lines whose rows are compared and written together. */
const CHUNK_LINES = 5_000;

/** Enough to see what is wrong with a file, few enough to read. */
const PROBLEMS_KEPT = 50;

/**
 * Imports a file. It is read twice: all of it is checked before the first row is written, and a million lines need no
 * more memory than a thousand (`replaces` apart, which has to remember every id). Cut short while it stores, it is
 * whole again after the next time.
 *
 * @throws BellwetherError `import-invalid` (nothing was stored), `import-unreadable`, `repository-unknown`, `cancelled`
 */
export async function importFile(options: ImportOptions): Promise<ImportResult> {
  const { warehouse, kind, clock, makeRunId = randomUUID } = options;
  const places = await readPlaces(warehouse, options.config);
  const defaultRepo = options.repo === undefined ? null : places.repoOf(options.repo);
  if (options.repo !== undefined && defaultRepo === null) throw unknownRepository(options.repo);
  const context: MapContext = { places, defaultRepo, now: clock.now() };
  if (!options.skipsInvalid) await check(options, context);

  const run = { run_id: makeRunId(), source: 'import', target: kind.name };
  const record = new RunRecord(warehouse, clock, run);
  await record.begin();
  const rows = new ChangedRows(warehouse, makeRunId);
  try {
    const result = await store(options, context, rows);
    const status = result.invalidCount > 0 ? 'partial' : 'ok';
    await record.finish({
      target: kind.name,
      status,
      row_count: result.written + result.removed,
      error_code: result.invalidCount > 0 ? 'import-invalid' : '',
    });
    return result;
  } catch (error) {
    const { code } = asBellwetherError(error);
    const status = code === 'cancelled' ? 'cancelled' : 'failed';
    await record.finish({ target: kind.name, status, row_count: rows.written, error_code: code });
    throw error;
  }
}

/** The first reading: every line is looked at, so that all that is wrong is told at once. */
async function check(options: ImportOptions, context: MapContext): Promise<void> {
  const problems: LineProblem[] = [];
  let invalidCount = 0;
  let done = 0;
  for await (const record of readRecords(options.open(), options.format)) {
    report(options, 'Check', ++done);
    const outcome = mapRecord(options.kind, record, context);
    if ('mapped' in outcome) continue;
    invalidCount += 1;
    if (problems.length < PROBLEMS_KEPT) problems.push(...outcome.problems);
  }
  if (invalidCount > 0) throw invalidLines(problems, invalidCount, done);
}

async function store(options: ImportOptions, context: MapContext, rows: ChangedRows): Promise<ImportResult> {
  const { kind, format, skipsInvalid } = options;
  const problems: LineProblem[] = [];
  const repos = new Set(context.defaultRepo === null ? [] : [context.defaultRepo]);
  const seen = options.replaces ? kind.tables.map(() => new Set<string>()) : [];
  let chunk = kind.tables.map((): object[] => []);
  let [lineCount, invalidCount, waiting] = [0, 0, 0];
  const flush = async (): Promise<void> => {
    for (const [at, imported] of kind.tables.entries()) {
      await rows.write(imported, (chunk[at] ?? []) as Record<string, unknown>[]);
    }
    chunk = kind.tables.map(() => []);
    waiting = 0;
  };
  try {
    for await (const record of readRecords(options.open(), format)) {
      report(options, 'Import', ++lineCount);
      const outcome = mapRecord(kind, record, context);
      if (!('mapped' in outcome)) {
        // All were right a moment ago: somebody is writing the file.
        if (!skipsInvalid) throw invalidLines(outcome.problems, 1, lineCount);
        invalidCount += 1;
        if (problems.length < PROBLEMS_KEPT) problems.push(...outcome.problems);
        continue;
      }
      repos.add(outcome.mapped.repo);
      for (const part of outcome.mapped.rows) {
        const at = kind.tables.findIndex(({ table }) => table === part.table);
        for (const row of part.rows) {
          chunk[at]?.push(row);
          seen[at]?.add(textOf(row, part.table.key));
        }
      }
      waiting += 1;
      if (waiting === CHUNK_LINES) await flush();
    }
    await flush();
    if (options.replaces) await removeOthers(options, rows, repos, seen);
  } finally {
    await rows.settle();
  }
  const { written, removed } = rows;
  return { lineCount, invalidCount, problems, written, removed, repositories: [...repos].sort() };
}

async function removeOthers(
  { warehouse, kind }: ImportOptions,
  rows: ChangedRows,
  repos: ReadonlySet<string>,
  seen: readonly ReadonlySet<string>[],
): Promise<void> {
  for (const repo of repos) {
    for (const [at, { table, readImported }] of kind.tables.entries()) {
      const stored = await readImported(warehouse, repo);
      const others = stored.filter((key) => seen[at]?.has(textOf(key, table.key)) !== true);
      await rows.remove(table, others as Record<string, unknown>[]);
    }
  }
}

function report({ talk, signal, kind }: ImportOptions, task: string, done: number): void {
  if (signal.aborted) throw cancelledError('Run the same command again; what is stored stays.');
  talk.progress({ task: `${task} ${kind.name}`, done, unit: 'lines' });
}

function unknownRepository(name: string): Error {
  return usageError(
    'repository-unknown',
    `"${name.slice(0, 200)}" names no repository for certain.`,
    'Write it as <host>/<owner>/<name>.',
  );
}
