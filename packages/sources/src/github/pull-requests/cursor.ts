import type { Instant } from '@bellwether/core';
import { z } from 'zod';
import type { RepositoryHint } from '../session.ts';

/** Changes when a query or a mapper asks or makes something else, so that everything is read again. */
const MAPPING = 1;

/** Times are whole seconds, and copies of GitHub's database lag: so much is read again. */
export const OVERLAP_MS = 5 * 60_000;

/** Now and then the whole list of ids is held against what is stored. */
const SWEEP_EVERY_MS = 30 * 86_400_000;

const instant = z.number().int();

export const PullRequestCursor = z.object({
  mapping: z.literal(MAPPING),
  /** Everything that changed up to here is stored. Null: nothing is, or there is nothing. */
  watermark: instant.nullable(),
  /** When it was read that nothing was newer. */
  readAt: instant,
  /** The first reading that is under way; null when it is done. */
  backfill: z
    .object({
      /** GitHub's page cursor; null: begin at the first page. */
      after: z.string().nullable(),
      /** Of all pages so far. */
      newest: instant.nullable(),
      readAt: instant,
      /** What is older is left out; such a reading goes from the newest down. Null: all, from the oldest up. */
      since: instant.nullable(),
    })
    .nullable(),
  /** What is older was never read; null: all was. */
  horizon: instant.nullable(),
  /** How many are stored. */
  count: z.number().int(),
  /** When the ids were last compared, and by how many GitHub's own count was then off for good. */
  sweep: z.object({ at: instant, difference: z.number().int() }),
});
export type PullRequestCursor = z.infer<typeof PullRequestCursor>;

/** What a repository begins with. */
export function firstCursor(since: Instant | null, now: Instant): PullRequestCursor {
  return {
    mapping: MAPPING,
    watermark: null,
    readAt: now,
    backfill: { after: null, newest: null, readAt: now, since },
    horizon: since,
    count: 0,
    sweep: { at: now, difference: 0 },
  };
}

/** Whether something was updated since, or may have been within the second of the watermark. */
export function hasNews(
  { watermark, readAt }: Pick<PullRequestCursor, 'watermark' | 'readAt'>,
  newest: Instant | null,
): boolean {
  if (newest === null) return false;
  return watermark === null || newest > watermark || readAt - watermark < OVERLAP_MS;
}

/** Whether what is stored is to be held against GitHub's whole list: the counts differ, or it is time. */
export function isSweepDue(cursor: PullRequestCursor, total: number | null, now: Instant): boolean {
  if (now - cursor.sweep.at >= SWEEP_EVERY_MS) return true;
  // With a horizon GitHub counts more than was ever read.
  if (cursor.horizon !== null || total === null) return false;
  return total - cursor.count !== cursor.sweep.difference;
}

/** Whether more of the past is wanted than was read. */
export function reachesFurther(cursor: PullRequestCursor, since: Instant | null): boolean {
  return cursor.horizon !== null && (since === null || since < cursor.horizon);
}

/** Whether nothing is to be read, by the hint alone. */
export function isCurrent(
  cursor: PullRequestCursor,
  hint: Pick<RepositoryHint, 'newest' | 'totals' | 'changedPullRequests'>,
  { since, now }: { since: Instant | null; now: Instant },
): boolean {
  return (
    cursor.backfill === null &&
    hint.changedPullRequests.length === 0 &&
    !hasNews(cursor, hint.newest.pullRequest) &&
    !isSweepDue(cursor, hint.totals.pullRequests, now) &&
    !reachesFurther(cursor, since)
  );
}
