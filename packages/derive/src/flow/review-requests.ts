import type { Instant } from '@bellwether/core';
import type { FlowEvent, FlowRequest } from './read-flow.ts';

/** When a reviewer of a pull request was asked, and when that was taken back; both in order of time. */
interface Asked {
  at: Instant[];
  removedAt: Instant[];
}

export interface RequestBook {
  /**
   * The first request to one of the reviewers after one instant and until another that was not taken back in between;
   * null for none.
   */
  firstBetween(reviewers: readonly string[], after: Instant, until: Instant): Instant | null;
  /** Requests to somebody who had been asked, or had reviewed, before: with them the author comes back. */
  repeated(firstReviewOf: ReadonlyMap<string, Instant>): Instant[];
}

/** Requests as the timeline has them, and those of which only the first and the last is known. */
export function requestBook(requests: readonly FlowRequest[], events: readonly FlowEvent[]): RequestBook {
  const book = new Map<string, Asked>();
  const of = (reviewer: string): Asked => {
    let asked = book.get(reviewer);
    if (asked === undefined) book.set(reviewer, (asked = { at: [], removedAt: [] }));
    return asked;
  };
  for (const { reviewer, first_requested_at, last_requested_at, removed_at } of requests) {
    const asked = of(reviewer);
    for (const at of [first_requested_at, last_requested_at]) if (at !== null) asked.at.push(at);
    if (removed_at !== null) asked.removedAt.push(removed_at);
  }
  for (const { kind, at, subject } of events) {
    if (kind === 'review_requested') of(subject).at.push(at);
    else if (kind === 'review_request_removed') of(subject).removedAt.push(at);
  }
  for (const asked of book.values()) asked.at = [...new Set(asked.at)].sort((a, b) => a - b);
  return {
    firstBetween(reviewers, after, until) {
      let first: Instant | null = null;
      for (const reviewer of reviewers) {
        const asked = book.get(reviewer);
        const found = asked?.at.find((at) => at > after && at <= until && !isTakenBack(asked, at, until));
        if (found !== undefined) first = Math.min(first ?? found, found);
      }
      return first;
    },
    repeated(firstReviewOf) {
      return [...book].flatMap(([reviewer, { at }]) => {
        const reviewed = firstReviewOf.get(reviewer) ?? Infinity;
        return at.filter((instant, index) => index > 0 || instant > reviewed);
      });
    },
  };
}

function isTakenBack({ removedAt }: Asked, at: Instant, until: Instant): boolean {
  return removedAt.some((removed) => removed >= at && removed <= until);
}
