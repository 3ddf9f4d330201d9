import type { PullRequest, ReviewRequest } from '../model.ts';
import { dismissReview, removeReviewRequest, requestReview, submitReview } from '../mutations/reviews.ts';
import { type Change, type Occasion, onOpenPullRequest, pickOne, pickOpen, pickPerson } from './change.ts';

export const reviewChanges = {
  'review.submitted': (occasion) => reviewOne(occasion, true),
  // GitHub's quirk: the pull request's `updatedAt` stays as it was.
  'review.submitted-quietly': (occasion) => reviewOne(occasion, false),
  'review.dismissed': dismissOne,
  'review-request.added': requestOne,
  'review-request.removed': onOpenPullRequest(
    ({ reviewRequests }) => reviewRequests.length > 0,
    ({ world, random, at }, pullRequest, actor) => {
      removeReviewRequest(world, pullRequest, random.pick(pullRequest.reviewRequests).reviewer, actor, at);
    },
  ),
} satisfies Record<string, Change>;

function reviewOne(occasion: Occasion, touchesUpdatedAt: boolean): string | null {
  const { world, random, repository, at } = occasion;
  // Merged ones are reviewed too, now and then.
  const pullRequest =
    pickOpen(occasion) ??
    pickOne(random, repository.pullRequests.values(), ({ state }) => state === 'MERGED');
  const author = pullRequest && pickPerson(occasion, pullRequest.authorId);
  if (!author) return null;
  const state = random.pick(['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED'] as const);
  const commentCount = random.integer(0, 5);
  return submitReview(world, pullRequest, { author, state, commentCount, touchesUpdatedAt }, at).id;
}

function dismissOne(occasion: Occasion): string | null {
  const { world, random, at } = occasion;
  const isDismissible = ({ state }: { state: string }) =>
    state === 'APPROVED' || state === 'CHANGES_REQUESTED';
  const pullRequest = pickOpen(occasion, ({ reviews }) => reviews.some(isDismissible));
  const actor = pickPerson(occasion);
  if (!pullRequest || !actor) return null;
  const review = pickOne(random, pullRequest.reviews, isDismissible)!;
  dismissReview(world, pullRequest, review, actor, at);
  return review.id;
}

function requestOne(occasion: Occasion): string | null {
  const { world, at } = occasion;
  const asked = pickAsked(occasion);
  const actor = pickPerson(occasion);
  const isNew = ({ reviewRequests, authorId }: PullRequest) => {
    return authorId !== asked?.id && !reviewRequests.some(({ reviewer }) => reviewer.id === asked?.id);
  };
  const pullRequest = pickOpen(occasion, isNew);
  if (!pullRequest || !asked || !actor) return null;
  requestReview(world, pullRequest, asked, actor, at);
  return pullRequest.id;
}

function pickAsked(occasion: Occasion): ReviewRequest['reviewer'] | undefined {
  const { world, random } = occasion;
  const team = random.chance(0.3) ? pickOne(random, world.teams.values(), () => true) : undefined;
  if (team) return { kind: 'team', id: team.id };
  const user = pickPerson(occasion);
  return user && { kind: 'user', id: user.id };
}
