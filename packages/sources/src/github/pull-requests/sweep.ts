import { pullRequests } from '@bellwether/warehouse';
import { isShown, listingOf, WHOLE } from './pages.ts';
import { instantOf } from './payload.ts';
import type { Batch } from '../../source.ts';
import { hasChanged, lightColumns, type StoredPullRequest } from './light-difference.ts';
import { readByIds } from './by-id.ts';
import type { PullRequestCursor } from './cursor.ts';
import type { Reading } from './reading.ts';

type Batches<Result> = AsyncGenerator<Batch<PullRequestCursor>, Result>;

/**
 * Holds all that GitHub lists against what is stored: reads what is missing or has another count of anything (reviews
 * may come without a change of `updatedAt`, also years later), and takes away what is gone.
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
    const within = page.items.filter(({ updatedAt }) => horizon === null || instantOf(updatedAt) >= horizon);
    const stored = await storedOf(reading, within);
    for (const item of within) {
      listed.add(item.number);
      const row = stored.get(item.number);
      if (row?.node_id !== item.id || hasChanged(row, item)) wanted.set(item.id, item.number);
    }
    if (within.length < page.items.length) break;
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

/** The stored rows of listed pull requests, by number. */
async function storedOf(
  { state }: Reading,
  items: readonly { readonly number: number }[],
): Promise<Map<number, StoredPullRequest>> {
  const known = items.map(({ number }) => number).filter((number) => state.known.has(number));
  const rows = await state.readRows(pullRequests, lightColumns, known);
  return new Map(rows.map((row) => [row.number, row]));
}

/** Asks once more for those that were missed, and takes away what GitHub still does not know. */
export async function* removeGone(reading: Reading, ids: readonly string[]): Batches<void> {
  if (ids.length === 0) return;
  const gone = new Set(yield* readByIds(reading, ids));
  const numbers = [...reading.state.known].filter(([, { id }]) => gone.has(id)).map(([number]) => number);
  if (numbers.length > 0) yield await reading.remove(numbers);
}
