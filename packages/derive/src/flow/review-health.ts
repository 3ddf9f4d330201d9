import type { PullRequestFactRow } from '@bellwether/warehouse';
import type { FlowPullRequest, FlowReview } from './read-flow.ts';
import type { Size } from './size.ts';

export interface ReviewHealthInput {
  pullRequest: FlowPullRequest;
  /** How many reviews are stored, whoever gave them. */
  storedReviews: number;
  /** By people other than the author until it ended, in order of time. */
  reviews: readonly FlowReview[];
  size: Size;
  /** From how many effective lines it is large. */
  largeLines: number;
  /** Whether each of the reviews came from another team; null where a team is not known. */
  isCrossTeam: readonly (boolean | null)[];
}

export type HealthColumns = Pick<
  PullRequestFactRow,
  'is_self_merged' | 'is_silently_approved' | 'is_cross_team_reviewed' | 'review_gap'
>;

/**
 * How a merged pull request was reviewed. One gap serves three columns: the gravest reason for which one of them is
 * null, missing reviews before missing teams. "No review" is only said where all reviews are known.
 */
export function reviewHealth(input: ReviewHealthInput): HealthColumns {
  const { pullRequest, storedReviews, reviews, isCrossTeam } = input;
  const nothing = { is_self_merged: null, is_silently_approved: null, is_cross_team_reviewed: null };
  if (pullRequest.merged_at === null) return { ...nothing, review_gap: 'not-merged' };
  if (reviews.length === 0) {
    return storedReviews < pullRequest.review_count
      ? { ...nothing, review_gap: 'reviews-unknown' }
      : { ...nothing, is_self_merged: true, review_gap: 'no-review' };
  }
  const silence = silentApproval(input);
  const isCross = isCrossTeam.includes(true) ? true : isCrossTeam.includes(null) ? null : false;
  return {
    is_self_merged: false,
    is_silently_approved: silence.value,
    is_cross_team_reviewed: isCross,
    // Missing reviews weigh more: views tell a missing team from what else they see.
    review_gap: isCross === null && silence.gap !== 'reviews-unknown' ? 'team-unknown' : silence.gap,
  };
}

/** Whether a large change was approved by reviewers who wrote nothing at all; null for others. */
function silentApproval({ pullRequest, storedReviews, reviews, size, largeLines }: ReviewHealthInput): {
  value: boolean | null;
  gap: HealthColumns['review_gap'];
} {
  if (!reviews.some(({ state }) => state === 'approved')) return { value: null, gap: 'not-approved' };
  // Where the list of files was cut, the files that are known may already be enough.
  if (size.knownLines < largeLines) return { value: null, gap: size.effective_lines === null ? '' : 'small' };
  const isSilent = reviews.every(({ comment_count, has_body }) => comment_count === 0 && !has_body);
  if (isSilent && storedReviews < pullRequest.review_count) return { value: null, gap: 'reviews-unknown' };
  return { value: isSilent, gap: '' };
}
