import { BellwetherError, type Instant } from '@bellwether/core';
import type { Batch } from '../../source.ts';
import { readInParts } from './by-id.ts';
import type { PullRequestCursor } from './cursor.ts';
import { gapsOf, isShown, noteNotShown, pagesOf, type PullRequestPage, skippedOf } from './pages.ts';
import { instantOf } from './payload.ts';
import type { Reading } from './reading.ts';

/** Where a step has left off. */
export interface Reached {
  readonly cursor: PullRequestCursor;
  /** How many pull requests there were then. */
  readonly total: number;
}

export type Step = AsyncGenerator<Batch<PullRequestCursor>, Reached | null>;

type Backfill = NonNullable<PullRequestCursor['backfill']>;

/**
 * The first reading, page by page from where the last run stopped; from the beginning where GitHub takes its page
 * cursor no more.
 *
 * @returns null where the token may not read pull requests
 */
export async function* readFirst(reading: Reading, cursor: PullRequestCursor, backfill: Backfill): Step {
  try {
    return yield* readOn(reading, cursor, backfill);
  } catch (error) {
    const isRefused = error instanceof BellwetherError && error.code === 'github-cursor-refused';
    if (!isRefused || backfill.after === null || reading.done > 0) throw error;
    return yield* readOn(reading, cursor, { ...backfill, after: null, newest: null });
  }
}

/**
 * All of it goes from the oldest change up: what changes meanwhile moves to the end and is read again there. With a
 * horizon it goes from the newest down, so that nothing older is asked for; what changes meanwhile moves to the front,
 * past the watermark of the first page, and the next reading finds it.
 */
async function* readOn(reading: Reading, cursor: PullRequestCursor, backfill: Backfill): Step {
  const { context } = reading;
  const { since } = backfill;
  const isUpwards = since === null;
  let state = backfill;
  // A page may be asked for as soon as the one before it is there.
  let askedAt = context.clock.now();
  for await (const page of pagesOf(context, isUpwards ? 'ASC' : 'DESC', state.after, {
    isWhole: isUpwards,
  })) {
    if (!isShown(context, page)) return yield* noteNotShown(reading);
    const total = page.data.repository?.pullRequests.totalCount ?? 0;
    // Downwards the first page alone says up to where everything is read.
    const isTop = isUpwards || state.after === null;
    state = {
      since,
      after: page.endCursor,
      newest: isTop ? later(state.newest, newestOf(page)) : state.newest,
      readAt: isTop ? askedAt : state.readAt,
    };
    askedAt = context.clock.now();
    const wanted =
      since === null ? page.items : page.items.filter(({ updatedAt }) => instantOf(updatedAt) >= since);
    const isLast = !page.hasNextPage || wanted.length < page.items.length;
    for (const { id, number } of skippedOf(page)) yield* readInParts(reading, id, number);
    const batch = await reading.give(wanted, gapsOf(page));
    const count = reading.state.known.size;
    const next: PullRequestCursor = isLast
      ? { ...cursor, count, backfill: null, watermark: state.newest, readAt: state.readAt }
      : { ...cursor, count, backfill: state };
    const progress = isUpwards ? { done: reading.done, total } : { done: reading.done };
    yield { ...batch, progress, checkpoint: next };
    if (isLast) return { cursor: next, total };
  }
  throw new Error('a walk without a last page');
}

/** Of all that a page says of pull requests. */
export function newestOf(page: PullRequestPage): Instant | null {
  let newest: Instant | null = null;
  for (const { updatedAt } of [...page.items, ...skippedOf(page)]) {
    newest = later(newest, instantOf(updatedAt));
  }
  return newest;
}

function later(one: Instant | null, other: Instant | null): Instant | null {
  return one === null || (other !== null && other > one) ? other : one;
}
