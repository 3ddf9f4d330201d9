import type { Batch } from '../../source.ts';
import { readFirst, type Step } from './backfill.ts';
import { readByIds } from './by-id.ts';
import { firstCursor, hasNews, isSweepDue, type PullRequestCursor, reachesFurther } from './cursor.ts';
import { readChanges } from './incremental.ts';
import { WHOLE } from './pages.ts';
import { type PullRequestContext, Reading } from './reading.ts';
import { removeGone, sweep } from './sweep.ts';

/**
 * Everything that a run reads of a repository's pull requests: the rest of the first reading, what changed since, those
 * that changed without their time of change telling so, and now and then what the list of ids shows to be missing.
 */
export async function* readPullRequests(
  context: PullRequestContext,
): AsyncGenerator<Batch<PullRequestCursor>> {
  const { session } = context;
  const reading = await Reading.begin(context);
  const reached = yield* readWalks(reading, beginOf(context));
  if (reached === null) return;
  yield reading.lift(WHOLE, 'no-permission');

  const missing = yield* readByIds(reading, unreadAmong(reading, session.hint.changedPullRequests));
  yield* removeGone(reading, missing);

  let cursor = { ...reached.cursor, count: reading.state.known.size };
  if (isSweepDue(cursor, reached.total, context.clock.now())) cursor = yield* sweep(reading, cursor);
  yield { checkpoint: cursor };
}

/** Where to begin, or to go on. */
function beginOf({ cursor, session, clock }: PullRequestContext): PullRequestCursor {
  const { since } = session.target;
  if (cursor === null) return firstCursor(since, clock.now());
  if (reachesFurther(cursor, since)) {
    return { ...cursor, horizon: since, backfill: firstCursor(since, clock.now()).backfill };
  }
  // There was nothing, and now there is: the beginning of a repository can be as large as any.
  if (cursor.backfill === null && cursor.watermark === null && session.hint.newest.pullRequest !== null) {
    return { ...cursor, backfill: firstCursor(cursor.horizon, clock.now()).backfill };
  }
  return cursor;
}

/** The first reading and the changes since, as far as there are any. */
async function* readWalks(reading: Reading, cursor: PullRequestCursor): Step {
  const { newest, totals } = reading.context.session.hint;
  if (cursor.backfill === null) {
    if (cursor.watermark === null || !hasNews(cursor, newest.pullRequest)) {
      return { cursor, total: totals.pullRequests };
    }
    return yield* readChanges(reading, cursor, cursor.watermark);
  }
  const first = yield* readFirst(reading, cursor, cursor.backfill);
  const watermark = first?.cursor.watermark ?? null;
  // A reading that went downwards over several runs has left what came meanwhile above it.
  const isBehind = watermark !== null && newest.pullRequest !== null && newest.pullRequest > watermark;
  return first !== null && isBehind ? yield* readChanges(reading, first.cursor, watermark) : first;
}

/** Those that this run has not read anyway. */
function unreadAmong({ state }: Reading, ids: readonly string[]): readonly string[] {
  if (ids.length === 0) return [];
  const read = new Set<string>();
  for (const [number, { id }] of state.known) if (state.givenOf(number) !== null) read.add(id);
  return ids.filter((id) => !read.has(id));
}
