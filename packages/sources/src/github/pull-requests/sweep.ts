import { isShown, listingOf, WHOLE } from './pages.ts';
import { instantOf } from './payload.ts';
import type { Batch } from '../../source.ts';
import { readByIds } from './by-id.ts';
import type { PullRequestCursor } from './cursor.ts';
import type { Reading } from './reading.ts';

type Batches<Result> = AsyncGenerator<Batch<PullRequestCursor>, Result>;

/**
 * Holds all that GitHub lists against what is stored: reads what is missing or another, and takes away what is gone.
 * A list may leave something out for a moment, so only what GitHub does not know by its id either counts as gone.
 */
export async function* sweep(reading: Reading, cursor: PullRequestCursor): Batches<PullRequestCursor> {
  const { context, state } = reading;
  const at = context.clock.now();
  const { horizon } = cursor;
  const listed = new Set<number>();
  const wanted = new Map<string, number>();
  let total = 0;
  for await (const page of listingOf(context, horizon === null ? 'oldest-first' : 'last-changed-first')) {
    if (!isShown(context, page)) return cursor;
    total = page.data.repository?.pullRequests.totalCount ?? 0;
    let isBelow = false;
    for (const { id, number, updatedAt } of page.items) {
      const changedAt = instantOf(updatedAt);
      isBelow = horizon !== null && changedAt < horizon;
      if (isBelow) break;
      listed.add(number);
      const known = state.known.get(number);
      if (known?.id !== id || known.updatedAt !== changedAt) wanted.set(id, number);
    }
    if (isBelow) break;
  }
  const unread = yield* readByIds(reading, [...wanted.keys()], wanted);
  const unlisted = [...state.known].filter(([number]) => !listed.has(number)).map(([, { id }]) => id);
  yield* removeGone(reading, unlisted);

  const count = state.known.size;
  const difference = horizon === null ? total - count : 0;
  if (unread.length > 0 || difference !== 0) {
    yield reading.note({
      entity: WHOLE,
      reason: 'count-mismatch',
      detail: `GitHub counts ${String(total)} and gave ${String(count)}; ${String(unread.length)} are listed and cannot be read.`,
    });
  } else {
    yield reading.lift(WHOLE, 'count-mismatch');
  }
  return { ...cursor, count, sweep: { at, difference } };
}

/** Asks once more for those that were missed, and takes away what GitHub still does not know. */
export async function* removeGone(reading: Reading, ids: readonly string[]): Batches<void> {
  if (ids.length === 0) return;
  const gone = new Set(yield* readByIds(reading, ids));
  const numbers = [...reading.state.known].filter(([, { id }]) => gone.has(id)).map(([number]) => number);
  if (numbers.length > 0) yield await reading.remove(numbers);
}
