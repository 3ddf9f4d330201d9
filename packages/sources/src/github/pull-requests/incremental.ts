import type { Instant } from '@bellwether/core';
import { newestOf, type Step } from './backfill.ts';
import { readInParts } from './by-id.ts';
import { OVERLAP_MS, type PullRequestCursor } from './cursor.ts';
import { gapsOf, isShown, noteNotShown, pagesOf, skippedOf } from './pages.ts';
import { instantOf } from './payload.ts';
import type { Reading } from './reading.ts';

/**
 * What changed since the watermark, the newest first: GitHub has no filter for it, so reading stops at the first that
 * is older by more than the overlap. The new watermark is the newest of the first page, since whatever changes while
 * the pages below are read moves past it. It is saved at the very end: cut short, a reading begins anew rather than
 * leaving out what it had not come to.
 *
 * @returns null where the token may not read pull requests
 */
export async function* readChanges(reading: Reading, cursor: PullRequestCursor, watermark: Instant): Step {
  const { context } = reading;
  const oldest = watermark - OVERLAP_MS;
  const readAt = context.clock.now();
  let reached: { newest: Instant | null; total: number } | null = null;
  for await (const page of pagesOf(context, 'DESC', null)) {
    if (!isShown(context, page)) return yield* noteNotShown(reading);
    reached ??= { newest: newestOf(page), total: page.data.repository?.pullRequests.totalCount ?? 0 };
    for (const { id, number } of skippedOf(page)) yield* readInParts(reading, id, number);
    const wanted = page.items.filter(({ updatedAt }) => instantOf(updatedAt) >= oldest);
    if (wanted.length > 0) yield await reading.give(wanted, gapsOf(page));
    if (wanted.length < page.items.length) break;
  }
  const next = {
    ...cursor,
    count: reading.state.known.size,
    // The one that had the watermark may be gone.
    watermark: Math.max(watermark, reached?.newest ?? 0),
    readAt,
  };
  yield { checkpoint: next };
  return { cursor: next, total: reached?.total ?? 0 };
}
