import type { BellwetherError } from '@bellwether/core';
import type { OpenContext, Source, SourceSession, Stream } from '../source.ts';
import { BatchWriter } from './batch-writer.ts';
import type { CollectOptions, TargetResult } from './collect.ts';
import type { CursorStore, OpenCursors } from './cursor-store.ts';
import { DirtyMark } from './dirty-mark.ts';
import { type IdleRuns, RunRecord } from './run-record.ts';
import { asBellwetherError, cancelled, parseCursor, runStream, type StreamResult } from './run-stream.ts';

type Settings = Required<Omit<CollectOptions<unknown>, 'targets' | 'source' | 'concurrency'>>;

export interface TargetRun {
  readonly source: Source;
  readonly target: unknown;
  readonly settings: Settings;
  /** Called with the repository's name before anything is written; may throw. */
  readonly claim: (repo: string) => void;
  readonly openCursors: OpenCursors;
  readonly idleRuns: IdleRuns;
}

/** Collects one target and records the run. Never throws: what went wrong stands in the result. */
export async function collectTarget(run: TargetRun): Promise<TargetResult> {
  const { source, target, settings } = run;
  const { warehouse, clock, signal } = settings;
  const name = source.describe(target);
  const record = new RunRecord(warehouse, clock, {
    run_id: settings.makeRunId(),
    source: source.name,
    target: name,
  });
  let repo: string | null = null;
  let streams: StreamResult[] = [];
  let failure: BellwetherError | null = null;
  try {
    const context: OpenContext = {
      config: settings.config,
      secret: settings.secret,
      clock,
      signal,
      stored: warehouse,
    };
    const session = await source.open(target, context);
    repo = session.repo;
    run.claim(repo);
    const cursors = await run.openCursors(repo);
    await source.refuse?.(session, { ...context, cursors: cursors.all });
    streams = await runStreams(run, { context: { ...context, session }, cursors, record });
  } catch (error) {
    failure = signal.aborted ? cancelled() : asBellwetherError(error);
  }
  const result = summarise(repo ?? name, repo, streams, failure);
  const isIdle = streams.length > 0 && result.status === 'ok' && !record.hasBegun;
  if (isIdle) record.leave(endOf(result), run.idleRuns);
  else await finish(record, result);
  return result;
}

interface Opened {
  readonly context: OpenContext & { session: SourceSession };
  readonly cursors: CursorStore;
  readonly record: RunRecord;
}

async function runStreams({ source, settings }: TargetRun, opened: Opened): Promise<StreamResult[]> {
  const { context, cursors, record } = opened;
  const { warehouse, talk, retry, signal } = settings;
  const repo = context.session.repo;
  const stale = new Set<Stream>();
  for (const stream of source.streams) if (!(await isCurrent(stream, opened))) stale.add(stream);

  const mark = context.session.isRepository === false ? null : new DirtyMark(warehouse, repo, record.runId);
  const writer = new BatchWriter(warehouse, mark, record);
  const results: StreamResult[] = [];
  for (const stream of source.streams) {
    const task = `${source.name} ${stream.name} of ${repo}`;
    if (!stale.has(stream)) results.push({ name: stream.name, status: 'current', rowCount: 0, error: null });
    else if (signal.aborted) results.push({ name: stream.name, status: 'not-run', rowCount: 0, error: null });
    else results.push(await runStream({ stream, context, cursors, writer, talk, retry, task }));
  }
  await mark?.settle();
  return results;
}

async function isCurrent(stream: Stream, { context, cursors }: Opened): Promise<boolean> {
  const cursor = parseCursor(stream, cursors.all.get(stream.name));
  return cursor !== null && (await stream.isCurrent({ ...context, cursor }));
}

function summarise(
  target: string,
  repo: string | null,
  streams: readonly StreamResult[],
  failure: BellwetherError | null,
): TargetResult {
  const rowCount = streams.reduce((sum, stream) => sum + stream.rowCount, 0);
  const error = failure ?? streams.find((stream) => stream.error !== null)?.error ?? null;
  const hasSomething = rowCount > 0 || streams.some(({ status }) => status === 'ok' || status === 'current');
  const isCancelled = error?.code === 'cancelled' || streams.some(({ status }) => status === 'not-run');
  const status = isCancelled ? 'cancelled' : error === null ? 'ok' : hasSomething ? 'partial' : 'failed';
  return { target, repo, status, rowCount, streams, error: error ?? (isCancelled ? cancelled() : null) };
}

/** A run that cannot be recorded, because the warehouse is what failed, must not hide the first error. */
async function finish(record: RunRecord, result: TargetResult): Promise<void> {
  try {
    await record.finish(endOf(result));
  } catch (failure) {
    if (result.error === null) throw failure;
  }
}

function endOf({ target, status, rowCount, error }: TargetResult): Parameters<RunRecord['finish']>[0] {
  return { target, status, row_count: rowCount, error_code: error?.code ?? '' };
}
