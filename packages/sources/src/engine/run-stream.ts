import { BellwetherError, cancelledError, type Talk } from '@bellwether/core';
import type { Batch, SourceSession, Stream, StreamContext } from '../source.ts';
import type { BatchWriter } from './batch-writer.ts';
import { coalesce } from './coalesce.ts';
import type { CursorStore } from './cursor-store.ts';
import { backoff, isWorthRetrying, type RetryTools } from './retry.ts';

/** What became of one stream of one target. */
export interface StreamResult {
  readonly name: string;
  /** `current`: the cursor said that nothing changed. `not-run`: cancelled before its turn. */
  readonly status: 'ok' | 'current' | 'failed' | 'cancelled' | 'not-run';
  /** Rows written or removed. */
  readonly rowCount: number;
  readonly error: BellwetherError | null;
}

export interface StreamRun {
  readonly stream: Stream;
  readonly context: Omit<StreamContext<SourceSession, unknown>, 'cursor'>;
  readonly cursors: CursorStore;
  readonly writer: BatchWriter;
  readonly talk: Talk;
  readonly retry: RetryTools;
  /** For progress: `git commits of local/renovate`. */
  readonly task: string;
}

/**
 * Reads one stream to its end, again from the last checkpoint where a failure is worth it. Never throws.
 * What was acknowledged before a failure stays; the cursor stands where it can go on from.
 */
export async function runStream(run: StreamRun): Promise<StreamResult> {
  const { stream, context, retry } = run;
  const name = stream.name;
  let rowCount = 0;
  let attempt = 0;
  for (;;) {
    try {
      await readOnce(run, ({ rows, hasAdvanced }) => {
        rowCount += rows;
        // Rows that bring no new checkpoint are read again: who always fails behind them gets nowhere.
        if (hasAdvanced) attempt = 0;
      });
      return { name, status: 'ok', rowCount, error: null };
    } catch (error) {
      attempt++;
      if (isWorthRetrying(error, attempt) && !context.signal.aborted) {
        await retry.sleep(
          backoff(attempt, () => retry.random()),
          context.signal,
        );
        if (!context.signal.aborted) continue;
      }
      if (context.signal.aborted) return { name, status: 'cancelled', rowCount, error: cancelled() };
      return { name, status: 'failed', rowCount, error: asBellwetherError(error) };
    }
  }
}

type OnStored = (stored: { readonly rows: number; readonly hasAdvanced: boolean }) => void;

/** One reading. While a batch is being stored, the source already reads the next. */
async function readOnce(run: StreamRun, onStored: OnStored): Promise<void> {
  const { stream, context, cursors } = run;
  const cursor = parseCursor(stream, cursors.all.get(stream.name));
  let storing: Promise<void> = Promise.resolve();
  try {
    for await (const batch of coalesce(stream.read({ ...context, cursor }), context.clock)) {
      await storing;
      if (context.signal.aborted) throw cancelled();
      storing = store(run, batch, onStored);
      // Awaited at the next turn; until then a failure must not count as unhandled.
      storing.catch(() => {});
    }
  } finally {
    await storing.catch(() => {});
  }
  await storing;
  if (context.signal.aborted) throw cancelled();
}

async function store(
  { stream, cursors, writer, talk, task }: StreamRun,
  batch: Batch<unknown>,
  onStored: OnStored,
): Promise<void> {
  onStored({ rows: await writer.write(batch), hasAdvanced: false });
  const { checkpoint } = batch;
  if (checkpoint !== undefined && !cursors.isStored(stream.name, checkpoint)) {
    await writer.seal();
    await cursors.save(stream.name, checkpoint);
    onStored({ rows: 0, hasAdvanced: true });
  }
  if (batch.progress) talk.progress({ task, unit: stream.unit, ...batch.progress });
  for (const warning of batch.warnings ?? []) talk.warn(warning);
}

/** A cursor that does not fit its schema counts as none; reading everything again is always right. */
export function parseCursor(stream: Stream, stored: unknown): unknown {
  if (stored === undefined) return null;
  const result = stream.cursor.safeParse(stored);
  return result.success ? result.data : null;
}

export function cancelled(): BellwetherError {
  return cancelledError('Run the same command again; it goes on where it stopped.');
}

/** What is no error of ours is a bug of ours, and is said to be one. */
export function asBellwetherError(error: unknown): BellwetherError {
  if (error instanceof BellwetherError) return error;
  return new BellwetherError({
    code: 'unexpected',
    message: 'Collecting stopped at something that Bellwether did not expect. What was stored so far stays.',
    retry: 'no',
    next: 'Report it at the project with the stack trace; `bellwether doctor` shows what may stand behind it.',
    cause: error,
  });
}
