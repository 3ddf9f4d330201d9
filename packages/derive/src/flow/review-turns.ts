import type { Instant } from '@bellwether/core';
import type { ReviewFactRow } from '@bellwether/warehouse';
import type { FlowEvent, FlowPullRequest, FlowReview } from './read-flow.ts';
import type { RequestBook } from './review-requests.ts';

/** The reviews by people other than the author, in order of time. */
export function reviewsByOthers(
  { author_key }: Pick<FlowPullRequest, 'author_key'>,
  reviews: readonly FlowReview[],
): FlowReview[] {
  return reviews
    .filter((review) => !review.author_is_bot && review.author_key !== author_key)
    .sort((a, b) => a.submitted_at - b.submitted_at || (a.review_id < b.review_id ? -1 : 1));
}

/** When the author pushed, as far as it shows: commits by their author dates, and force-pushes. In order of time. */
export function authorUpdates(
  { commit_authored_at }: Pick<FlowPullRequest, 'commit_authored_at'>,
  events: readonly FlowEvent[],
): Instant[] {
  const updates = commit_authored_at.filter((at) => at !== null);
  for (const { kind, at } of events) if (kind === 'force_pushed') updates.push(at);
  return updates.sort((a, b) => a - b);
}

/**
 * How often the reviewers had their say. A round is all reviews between two times that the author came back, with a
 * commit, a force-push, or by asking somebody again.
 *
 * @param reviews  by others, in order of time
 * @param comeback when the author came back, in any order
 */
export function countRounds(
  reviews: readonly Pick<FlowReview, 'submitted_at'>[],
  comeback: readonly Instant[],
): number {
  let rounds = 0;
  let before = -Infinity;
  for (const { submitted_at } of reviews) {
    const previous = before;
    if (rounds === 0 || comeback.some((at) => at > previous && at <= submitted_at)) rounds += 1;
    before = submitted_at;
  }
  return rounds;
}

/** The first review of each reviewer. */
export function firstReviews(reviews: readonly FlowReview[]): Map<string, Instant> {
  const first = new Map<string, Instant>();
  for (const { author_key, submitted_at } of reviews) {
    if (!first.has(author_key)) first.set(author_key, submitted_at);
  }
  return first;
}

export interface Turn {
  readyAt: Instant | null;
  /** Merged or closed: from then on nobody waits. */
  endedAt: Instant | null;
  requests: RequestBook;
  /** In order of time. */
  updates: readonly Instant[];
  /** When the same person reviewed before; null for the first time. */
  previousAt: Instant | null;
  /** The reviewer, and the teams whose requests are meant for them too. */
  reviewers: readonly string[];
  submittedAt: Instant;
}

/**
 * Since when a reviewer was waited for: the request to them or their team; for the first time else ready for review,
 * later else the first update by the author after their review before. A request made of a draft waits until it is
 * ready. Null where none of these came before the review, and after the merge.
 */
export function waitingSince(turn: Turn): Pick<ReviewFactRow, 'waiting_since' | 'basis'> {
  const { readyAt, endedAt, requests, updates, previousAt, reviewers, submittedAt } = turn;
  const unknown = { waiting_since: null, basis: '' } as const;
  if (endedAt !== null && submittedAt > endedAt) return unknown;
  const asked = requests.firstBetween(reviewers, previousAt ?? -Infinity, submittedAt);
  const ready = readyAt !== null && readyAt <= submittedAt ? readyAt : null;
  if (asked !== null) return { waiting_since: Math.max(asked, ready ?? asked), basis: 'requested' };
  if (previousAt === null) return ready === null ? unknown : { waiting_since: ready, basis: 'ready' };
  const update = updates.find((at) => at > previousAt && at <= submittedAt);
  return update === undefined ? unknown : { waiting_since: update, basis: 'updated' };
}
