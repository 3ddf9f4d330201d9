import { type Instant, isRealistic } from '@bellwether/core';
import type { PullRequestEventRow, PullRequestRow, ReviewRequestRow, ReviewRow } from '@bellwether/warehouse';
import type { People } from '../people.ts';
import type { PullRequestPayload } from './payload.ts';
import { mapReviewRequests } from './review-requests.ts';
import { reviewerKey } from './reviewer.ts';

export interface PullRequestMapping {
  readonly repo: string;
  readonly people: Pick<People, 'byId'>;
  /** When the payload was fetched: dates of commits that lie behind it cannot be believed. */
  readonly now: Instant;
}

/** Everything that one pull request is in the warehouse. */
export interface MappedPullRequest {
  readonly pullRequest: PullRequestRow;
  readonly reviews: ReviewRow[];
  readonly reviewRequests: ReviewRequestRow[];
  readonly events: PullRequestEventRow[];
}

const kinds: Readonly<Record<string, PullRequestEventRow['kind']>> = {
  ReadyForReviewEvent: 'ready',
  ConvertToDraftEvent: 'draft',
  ReviewRequestedEvent: 'review_requested',
  ReviewRequestRemovedEvent: 'review_request_removed',
  ReviewDismissedEvent: 'review_dismissed',
  AddedToMergeQueueEvent: 'queued',
  RemovedFromMergeQueueEvent: 'dequeued',
  AutoMergeEnabledEvent: 'auto_merge_enabled',
  HeadRefForcePushedEvent: 'force_pushed',
  MergedEvent: 'merged',
  ClosedEvent: 'closed',
  ReopenedEvent: 'reopened',
  LabeledEvent: 'labeled',
};

const states = { OPEN: 'open', CLOSED: 'closed', MERGED: 'merged' } as const;

const reviewStates = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes_requested',
  COMMENTED: 'commented',
  DISMISSED: 'dismissed',
} as const;

/** A pull request as rows. */
export function mapPullRequest(payload: PullRequestPayload, mapping: PullRequestMapping): MappedPullRequest {
  const events = mapEvents(payload, mapping);
  return {
    pullRequest: mapHead(payload, events, mapping),
    reviews: mapReviews(payload, mapping),
    reviewRequests: mapReviewRequests(payload, mapping),
    events,
  };
}

function mapHead(
  payload: PullRequestPayload,
  events: readonly PullRequestEventRow[],
  { repo, people, now }: PullRequestMapping,
): PullRequestRow {
  const author = people.byId(payload.author);
  return {
    repo,
    number: payload.number,
    node_id: payload.id,
    title: payload.title,
    state: states[payload.state],
    is_draft: payload.isDraft,
    author_key: author.key,
    author_is_bot: author.isBot,
    base_branch: payload.baseRefName,
    head_branch: payload.headRefName,
    head_sha: payload.headRefOid,
    is_from_fork: payload.isCrossRepository,
    created_at: payload.createdAt,
    ready_at: readyAt(payload, events),
    merged_at: payload.mergedAt,
    closed_at: payload.closedAt,
    updated_at: payload.updatedAt,
    merge_commit_sha: payload.mergeCommit,
    merged_by_key: people.byId(payload.mergedBy).key,
    is_in_merge_queue: payload.isInMergeQueue,
    additions: payload.additions,
    deletions: payload.deletions,
    changed_file_count: payload.changedFiles,
    commit_count: payload.totals.commits,
    review_count: payload.totals.reviews,
    event_count: payload.totals.events,
    comment_count: payload.totals.comments,
    commit_shas: payload.commits.map(({ oid }) => oid),
    commit_authored_at: payload.commits.map(({ authoredAt }) =>
      isRealistic(authoredAt, now) ? authoredAt : null,
    ),
    commit_author_keys: payload.commits.map((commit) => people.byId(commit.author).key),
    file_paths: payload.files.map(({ path }) => path),
    file_additions: payload.files.map(({ additions }) => additions),
    file_deletions: payload.files.map(({ deletions }) => deletions),
    labels: payload.labels,
    reverts_number: revertedNumber(payload.headRefName),
  };
}

/**
 * When it first could be reviewed. Whether it began as a draft shows in the first change of that: who becomes ready
 * was a draft, who becomes a draft was ready. Without any change it is now what it always was.
 */
function readyAt(
  { isDraft, createdAt }: PullRequestPayload,
  events: readonly PullRequestEventRow[],
): Instant | null {
  let first: PullRequestEventRow | null = null;
  for (const event of events) {
    if (event.kind !== 'ready' && event.kind !== 'draft') continue;
    if (first === null || event.at < first.at) first = event;
  }
  if (first === null) return isDraft ? null : createdAt;
  return first.kind === 'ready' ? first.at : createdAt;
}

/** GitHub's "Revert" button names its branch `revert-<number>-<branch>`. */
function revertedNumber(branch: string): number | null {
  if (!branch.startsWith('revert-')) return null;
  const number = Number(/^revert-(\d+)-/.exec(branch)?.[1] ?? 0);
  return number >= 1 && number <= 0xffff_ffff ? number : null;
}

function mapReviews(payload: PullRequestPayload, { repo, people }: PullRequestMapping): ReviewRow[] {
  return payload.reviews.map((review) => {
    const author = people.byId(review.author);
    return {
      repo,
      number: payload.number,
      review_id: review.id,
      author_key: author.key,
      author_is_bot: author.isBot,
      state: reviewStates[review.state],
      submitted_at: review.submittedAt,
      commit_sha: review.commit,
      comment_count: review.comments,
      has_body: review.hasBody,
    };
  });
}

function mapEvents(payload: PullRequestPayload, { repo, people }: PullRequestMapping): PullRequestEventRow[] {
  const rows: PullRequestEventRow[] = [];
  for (const event of payload.events) {
    const kind = kinds[event.type];
    if (kind === undefined) continue;
    const actor = people.byId(event.actor);
    rows.push({
      repo,
      number: payload.number,
      event_id: event.id,
      kind,
      at: event.createdAt,
      actor_key: actor.key,
      actor_is_bot: actor.isBot,
      subject: event.reviewer === null ? event.detail : reviewerKey(event.reviewer, people),
      before_sha: event.before,
      after_sha: event.after,
    });
  }
  return rows;
}
