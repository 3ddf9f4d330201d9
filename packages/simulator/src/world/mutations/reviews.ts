import { advance } from '../empty-world.ts';
import { nodeId } from '../ids.ts';
import type { PullRequest, Review, ReviewRequest, User, World } from '../model.ts';
import { addTimelineItem, touch } from './pull-requests.ts';

export interface NewReview {
  readonly author: User;
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED';
  readonly body?: string;
  readonly commentCount?: number;
  /** False: GitHub does not always move the pull request's `updatedAt` for a review. Default true. */
  readonly touchesUpdatedAt?: boolean;
}

/** A submitted review; it fulfils the request for the reviewer's review, or for that of a team the reviewer is in. */
export function submitReview(world: World, pullRequest: PullRequest, input: NewReview, at: number): Review {
  const review: Review = {
    id: nodeId(world, 'PRR'),
    authorId: input.author.id,
    state: input.state,
    body: input.body ?? '',
    submittedAt: advance(world, at),
    commitSha: pullRequest.headSha,
    commentCount: input.commentCount ?? 0,
  };
  pullRequest.reviews.push(review);
  withdraw(pullRequest, { kind: 'user', id: input.author.id });
  for (const team of world.teams.values()) {
    if (team.memberIds.has(input.author.id)) withdraw(pullRequest, { kind: 'team', id: team.id });
  }
  if (input.touchesUpdatedAt ?? true) touch(world, pullRequest, at);
  return review;
}

export function dismissReview(
  world: World,
  pullRequest: PullRequest,
  review: Review,
  actor: User,
  at: number,
): void {
  review.state = 'DISMISSED';
  addTimelineItem(world, pullRequest, { typename: 'ReviewDismissedEvent', actorId: actor.id }, at);
}

type Reviewer = ReviewRequest['reviewer'];

/** Asks a user or a team; asking twice changes nothing. */
export function requestReview(
  world: World,
  pullRequest: PullRequest,
  reviewer: Reviewer,
  actor: User,
  at: number,
): void {
  if (pullRequest.reviewRequests.some((request) => isSame(request.reviewer, reviewer))) return;
  pullRequest.reviewRequests.push({ id: nodeId(world, 'RRQ'), reviewer });
  const event = { typename: 'ReviewRequestedEvent', actorId: actor.id, reviewer } as const;
  addTimelineItem(world, pullRequest, event, at);
}

export function removeReviewRequest(
  world: World,
  pullRequest: PullRequest,
  reviewer: Reviewer,
  actor: User,
  at: number,
): void {
  if (!withdraw(pullRequest, reviewer)) return;
  const event = { typename: 'ReviewRequestRemovedEvent', actorId: actor.id, reviewer } as const;
  addTimelineItem(world, pullRequest, event, at);
}

function withdraw(pullRequest: PullRequest, reviewer: Reviewer): boolean {
  const index = pullRequest.reviewRequests.findIndex((request) => isSame(request.reviewer, reviewer));
  if (index !== -1) pullRequest.reviewRequests.splice(index, 1);
  return index !== -1;
}

function isSame(a: Reviewer, b: Reviewer): boolean {
  return a.kind === b.kind && a.id === b.id;
}
