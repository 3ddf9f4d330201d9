import type { Clock } from '@bellwether/core';
import type { RepositoryHint } from '../session.ts';

/** What the API tells of a push and what git gives may be apart for a moment. */
const SETTLED_AFTER_MS = 5 * 60_000;

/**
 * The last push, as far as a mirror that was fetched now surely holds it; null for one so young that git may not have
 * shown it yet. A cursor with null matches no push, so that the next run fetches once more.
 */
export function settledPush({ pushedAt }: Pick<RepositoryHint, 'pushedAt'>, clock: Clock): number | null {
  return pushedAt !== null && clock.now() - pushedAt < SETTLED_AFTER_MS ? null : pushedAt;
}
