import type { ReviewRequestRow } from '@bellwether/warehouse';
import type { PullRequestMapping } from './mapper.ts';
import type { PullRequestPayload } from './payload.ts';
import { isTeam, reviewerKey } from './reviewer.ts';

/**
 * One row per reviewer. When a review was asked for and no longer asked for stands in the timeline; whether it still
 * is, in the list of requests: a review that was given fulfils its request without an event. A request without an
 * event has no times. Reviewers whose account or team is gone have no key, and so no row.
 */
export function mapReviewRequests(
  payload: PullRequestPayload,
  { repo, people }: Pick<PullRequestMapping, 'repo' | 'people'>,
): ReviewRequestRow[] {
  const rows = new Map<string, ReviewRequestRow>();
  const rowOf = (reviewer: string): ReviewRequestRow => {
    let row = rows.get(reviewer);
    if (row === undefined) {
      row = {
        repo,
        number: payload.number,
        reviewer: reviewerKey(reviewer, people),
        is_team: isTeam(reviewer),
        first_requested_at: null,
        last_requested_at: null,
        removed_at: null,
        is_open: false,
      };
      rows.set(reviewer, row);
    }
    return row;
  };
  for (const { type, reviewer, createdAt } of payload.events) {
    if (reviewer === null) continue;
    const row = rowOf(reviewer);
    if (type === 'ReviewRequestedEvent') {
      row.first_requested_at = Math.min(row.first_requested_at ?? createdAt, createdAt);
      row.last_requested_at = Math.max(row.last_requested_at ?? createdAt, createdAt);
    } else if (type === 'ReviewRequestRemovedEvent') {
      row.removed_at = Math.max(row.removed_at ?? createdAt, createdAt);
    }
  }
  for (const reviewer of payload.reviewRequests) rowOf(reviewer).is_open = true;
  return [...rows.values()];
}
