import type { ReviewFactRow } from '@bellwether/warehouse';
import { businessSeconds, wholeSecond } from '../working-time/index.ts';
import type { FlowContext } from './flow-context.ts';
import type { FlowInput } from './flow-input.ts';
import type { FlowReview } from './read-flow.ts';
import { authorUpdates, waitingSince } from './review-turns.ts';
import type { Subject } from './subject.ts';
import { endOf } from './timing.ts';

/** One row per review by another person, in order of time. */
export function reviewRows(subject: Subject, { input }: FlowContext): ReviewFactRow[] {
  const { pullRequest, reviews, events, requests } = subject;
  if (reviews.length === 0) return [];
  const updates = authorUpdates(pullRequest, events);
  const previous = new Map<string, number>();
  return reviews.map((review) => {
    const { author_key, submitted_at } = review;
    const reviewer = reviewerOf(review, subject, input.directory);
    const since = waitingSince({
      readyAt: pullRequest.ready_at,
      endedAt: endOf(pullRequest),
      requests,
      updates,
      previousAt: previous.get(author_key) ?? null,
      reviewers: reviewer.askedAs,
      submittedAt: submitted_at,
    });
    previous.set(author_key, submitted_at);
    return toRow(review, reviewer, since, subject, input);
  });
}

interface Reviewer {
  /** The team that the review counts for, '' where nobody knows. */
  team: string;
  teams: readonly string[];
  /** The names under which requests are meant for this person. */
  askedAs: readonly string[];
}

function reviewerOf(
  { author_key, submitted_at }: FlowReview,
  { owners }: Subject,
  directory: FlowInput['directory'],
): Reviewer {
  if (author_key === '') return { team: '', teams: [], askedAs: [] };
  const teams = directory.teamsOf(author_key, submitted_at);
  return {
    team: directory.teamOf(author_key, submitted_at, owners),
    teams,
    askedAs: [author_key, ...teams.map((name) => `team:${name}`)],
  };
}

function toRow(
  review: FlowReview,
  reviewer: Reviewer,
  { waiting_since, basis }: ReturnType<typeof waitingSince>,
  subject: Subject,
  { directory, calendarOf }: FlowInput,
): ReviewFactRow {
  const { pullRequest, changeId, shown } = subject;
  const { submitted_at } = review;
  const label = directory.labelOf(reviewer.team, submitted_at);
  const calendar = calendarOf(directory.timeZoneOf(reviewer.team, submitted_at));
  const isKnown = waiting_since !== null;
  return {
    repo: pullRequest.repo,
    number: pullRequest.number,
    review_id: review.review_id,
    change_id: changeId,
    reviewer_key: review.author_key,
    team: label.team,
    team_group: label.team_group,
    service: shown.service,
    services: shown.services,
    is_bot: pullRequest.author_is_bot,
    submitted_at,
    waiting_since,
    basis,
    response_seconds: isKnown ? wholeSecond(submitted_at) - wholeSecond(waiting_since) : null,
    response_business_seconds: isKnown ? businessSeconds(waiting_since, submitted_at, calendar) : null,
    response_gap: isKnown ? '' : 'unknown-start',
    state: review.state,
    comment_count: review.comment_count,
    is_cross_team: isCrossTeam(subject, reviewer, directory),
  };
}

/** Another team: neither is in the team that the other's work counts for. Null where one of them is in none. */
function isCrossTeam(
  { authorTeam, pullRequest, teamAt }: Subject,
  reviewer: Reviewer,
  { teamsOf }: FlowInput['directory'],
): boolean | null {
  if (authorTeam === '' || reviewer.team === '') return null;
  if (authorTeam === reviewer.team || reviewer.teams.includes(authorTeam)) return false;
  return !teamsOf(pullRequest.author_key, teamAt).includes(reviewer.team);
}
