import { describe, expect, it } from 'vitest';
import { computePullRequestFacts } from './compute-pull-request-facts.ts';
import type { FlowInput } from './flow-input.ts';
import {
  flowDirectory,
  flowEvent,
  flowInput,
  flowPullRequest,
  flowReview,
  hour,
  minute,
  monday,
  repo,
} from './testing/flow-input.ts';

// Opened and ready on Monday at 10:00 by ann.
const ten = monday + 10 * hour;

function asked(reviewer: string, at: number): FlowInput['requests'][number] {
  return { repo, number: 1, reviewer, first_requested_at: at, last_requested_at: at, removed_at: null };
}

/** What each review responded to, in order. */
function responses(rest: Partial<FlowInput>): unknown[] {
  const { reviews } = computePullRequestFacts(flowInput({ pullRequests: [flowPullRequest()], ...rest }));
  return reviews.map(({ basis, response_seconds, response_gap }) => [
    basis,
    response_seconds,
    ...(response_gap === '' ? [] : [response_gap]),
  ]);
}

describe('what a review responds to', () => {
  it('is ready for review where nobody was asked', () => {
    expect(responses({ reviews: [flowReview(ten + 2 * hour)] })).toEqual([['ready', 7200]]);
  });

  it('is the request to that person, or to a team of theirs', () => {
    const requests = [asked('ben', ten + hour), asked('team:acme/web', ten + 30 * minute)];
    const reviews = [flowReview(ten + 2 * hour), flowReview(ten + 3 * hour, { author_key: 'cleo' })];
    const directory = flowDirectory({ teams: { 'acme/web': ['cleo'] } });
    // ben: 11:00 to 12:00; cleo: 10:30 to 13:00.
    expect(responses({ requests, reviews, directory })).toEqual([
      ['requested', 3600],
      ['requested', 9000],
    ]);
  });

  it('is never a request that was taken back, nor one to somebody else', () => {
    const requests = [asked('dora', ten + hour)];
    const events = [
      flowEvent('review_requested', ten + hour, { subject: 'ben' }),
      flowEvent('review_request_removed', ten + 90 * minute, { subject: 'ben' }),
    ];
    expect(responses({ requests, events, reviews: [flowReview(ten + 2 * hour)] })).toEqual([['ready', 7200]]);
  });

  it('waits until a draft is ready, where it was asked for earlier', () => {
    const pullRequests = [flowPullRequest({ ready_at: ten + 2 * hour })];
    const requests = [asked('ben', ten)];
    expect(responses({ pullRequests, requests, reviews: [flowReview(ten + 3 * hour)] })).toEqual([
      ['requested', 3600],
    ]);
    // Reviewed while it was a draft: he was asked, and answered.
    expect(responses({ pullRequests, requests, reviews: [flowReview(ten + hour)] })).toEqual([
      ['requested', 3600],
    ]);
    // Nobody asked him: nobody waited.
    expect(responses({ pullRequests, reviews: [flowReview(ten + hour)] })).toEqual([
      ['', null, 'unknown-start'],
    ]);
  });

  it('is, for a second review, the next request, else the first update since the one before', () => {
    const pullRequests = [
      flowPullRequest({ commit_authored_at: [ten - hour, ten + 2 * hour, ten + 3 * hour] }),
    ];
    const reviews = [flowReview(ten + hour), flowReview(ten + 5 * hour)];
    // Updates at 12:00 and 13:00, answered at 15:00.
    expect(responses({ pullRequests, reviews })).toEqual([
      ['ready', 3600],
      ['updated', 3 * 3600],
    ]);
    const requests = [asked('ben', ten + 4 * hour)];
    expect(responses({ pullRequests, reviews, requests })).toEqual([
      ['ready', 3600],
      ['requested', 3600],
    ]);
  });

  it('is nothing, for a second review in the same breath and for one after the merge', () => {
    const pullRequests = [flowPullRequest({ state: 'merged', merged_at: ten + 3 * hour })];
    const reviews = [
      flowReview(ten + hour),
      flowReview(ten + hour + minute),
      flowReview(ten + 4 * hour, { author_key: 'cleo' }),
    ];
    expect(responses({ pullRequests, reviews })).toEqual([
      ['ready', 3600],
      ['', null, 'unknown-start'],
      ['', null, 'unknown-start'],
    ]);
  });

  it('is no request that was answered before', () => {
    const requests = [asked('ben', ten + 30 * minute)];
    const reviews = [flowReview(ten + hour), flowReview(ten + 2 * hour)];
    expect(responses({ requests, reviews })).toEqual([
      ['requested', 1800],
      ['', null, 'unknown-start'],
    ]);
  });

  it('is measured in the business hours of the reviewer, not of the author', () => {
    const directory = flowDirectory({
      teams: { west: ['ben'], here: ['ann'] },
      zones: { west: 'America/New_York' },
    });
    // Ready Monday 10:00 UTC, 05:00 in New York; reviewed at 15:30 UTC, 10:30 there: an hour and a half since nine.
    const { reviews } = computePullRequestFacts(
      flowInput({ pullRequests: [flowPullRequest()], reviews: [flowReview(ten + 5.5 * hour)], directory }),
    );
    expect(reviews[0]).toMatchObject({
      response_seconds: 19_800,
      response_business_seconds: 5400,
      team: 'west',
    });
  });
});

describe('review rounds', () => {
  function rounds(rest: Partial<FlowInput>): number | undefined {
    const input = flowInput({ pullRequests: [flowPullRequest()], ...rest });
    return computePullRequestFacts(input).pullRequests[0]?.review_rounds;
  }

  it('are none without a review by somebody else', () => {
    const reviews = [
      flowReview(ten, { author_key: 'ann' }),
      flowReview(ten, { author_key: 'bot', author_is_bot: true }),
    ];
    expect(rounds({ reviews })).toBe(0);
  });

  it('are one for all reviews before the author comes back', () => {
    const reviews = [flowReview(ten + hour), flowReview(ten + 2 * hour, { author_key: 'cleo' })];
    expect(rounds({ reviews })).toBe(1);
  });

  it('begin anew when the author comes back with commits, a force-push, or by asking again', () => {
    const reviews = [1, 3, 5, 7, 9].map((hours) => flowReview(ten + hours * hour));
    const pullRequests = [flowPullRequest({ commit_authored_at: [ten - hour, ten + 2 * hour] })];
    const events = [flowEvent('force_pushed', ten + 4 * hour), flowEvent('force_pushed', ten + 4.5 * hour)];
    const requests = [asked('ben', ten + 6 * hour)];
    // Reviews at 11, 13 (after the commit of 12), 15 (after the pushes), 17 (asked again at 16); at 19 nothing is new.
    expect(rounds({ pullRequests, reviews, events, requests })).toBe(4);
  });

  it('begin anew when a team is asked once more', () => {
    const team = { ...asked('team:acme/web', ten), last_requested_at: ten + 2 * hour };
    const reviews = [flowReview(ten + hour), flowReview(ten + 3 * hour)];
    expect(rounds({ reviews, requests: [team] })).toBe(2);
    expect(rounds({ reviews, requests: [asked('team:acme/web', ten + 2 * hour)] })).toBe(1);
  });

  it('do not begin because one more person is asked', () => {
    const reviews = [flowReview(ten + hour), flowReview(ten + 3 * hour, { author_key: 'cleo' })];
    expect(rounds({ reviews, requests: [asked('cleo', ten + 2 * hour)] })).toBe(1);
  });
});
