import type { PullRequestFactRow, ReviewFactRow } from '@bellwether/warehouse';
import type { FlowContext } from './flow-context.ts';
import { type HealthColumns, reviewHealth } from './review-health.ts';
import { authorUpdates, countRounds, firstReviews } from './review-turns.ts';
import type { Subject } from './subject.ts';
import type { Size } from './size.ts';
import { computeTiming, endOf, type FirstDeployment, type Timing } from './timing.ts';

/**
 * @param given the facts of its reviews, one for each of `subject.reviews`
 */
export function pullRequestRow(
  subject: Subject,
  given: readonly ReviewFactRow[],
  context: FlowContext,
): { row: PullRequestFactRow; negative: Timing['negative'] } {
  const { pullRequest, change, changeId, authorTeam, teamAt, events } = subject;
  const { directory, calendarOf, hasProduction, rules } = context.input;
  const end = endOf(pullRequest) ?? Infinity;
  const reviews = subject.reviews.filter(({ submitted_at }) => submitted_at <= end);
  const size = context.sizeOf(pullRequest);
  const deployment = change === undefined ? undefined : context.deploymentOf(changeId);
  const begun = firstCommitAt(subject);
  const timing = computeTiming({
    pullRequest,
    firstCommitAt: begun,
    reviews,
    events,
    deployment,
    hasProduction,
    calendar: calendarOf(directory.timeZoneOf(authorTeam, teamAt)),
  });
  const health = reviewHealth({
    pullRequest,
    storedReviews: subject.storedReviews,
    reviews,
    size,
    largeLines: rules.pullRequests.largeLines,
    isCrossTeam: given.filter(({ submitted_at }) => submitted_at <= end).map((fact) => fact.is_cross_team),
  });
  const row = toRow({
    subject,
    context,
    begun,
    deployment,
    timing,
    size,
    health,
    depth: depthOf(subject, reviews),
  });
  return { row, negative: timing.negative };
}

interface Parts {
  subject: Subject;
  context: FlowContext;
  begun: number | null;
  deployment: FirstDeployment | undefined;
  timing: Timing;
  size: Size;
  health: HealthColumns;
  depth: ReviewDepth;
}

/** One literal with every column, though it is long: a row made by spreading is far slower to build and to write. */
function toRow({
  subject,
  context,
  begun,
  deployment,
  timing,
  size,
  health,
  depth,
}: Parts): PullRequestFactRow {
  const { pullRequest, change, changeId, authorTeam, teamAt, shown } = subject;
  const { directory, defaultBranch } = context.input;
  const label = directory.labelOf(authorTeam, teamAt);
  return {
    repo: pullRequest.repo,
    number: pullRequest.number,
    change_id: changeId,
    state: pullRequest.state,
    is_to_default_branch:
      change !== undefined || defaultBranch === '' || pullRequest.base_branch === defaultBranch,
    is_bot: pullRequest.author_is_bot,
    team: label.team,
    team_group: label.team_group,
    service: shown.service,
    services: shown.services,
    is_draft: pullRequest.is_draft,
    created_at: pullRequest.created_at,
    first_commit_at: begun,
    ready_at: pullRequest.ready_at,
    first_review_at: depth.firstReviewAt,
    approved_at: timing.approvedAt,
    merged_at: pullRequest.merged_at,
    ended_at: timing.endedAt,
    deployed_at: deployment?.deployed_at ?? null,
    deployment_id: deployment?.deployment_id ?? '',
    is_deployed_before_merge: deployment?.is_deployed_before_merge ?? false,
    starts_at: begun === null ? 'created' : 'first_commit',
    coding_seconds: timing.wall.coding,
    coding_business_seconds: timing.working.coding,
    pickup_seconds: timing.wall.pickup,
    pickup_business_seconds: timing.working.pickup,
    review_seconds: timing.wall.review,
    review_business_seconds: timing.working.review,
    merge_wait_seconds: timing.wall.merge_wait,
    merge_wait_business_seconds: timing.working.merge_wait,
    deploy_seconds: timing.wall.deploy,
    deploy_business_seconds: timing.working.deploy,
    cycle_seconds: timing.cycle.wall,
    cycle_business_seconds: timing.cycle.working,
    cycle_gap: timing.cycleGap,
    first_review_seconds: timing.firstReview.wall,
    first_review_business_seconds: timing.firstReview.working,
    first_review_gap: timing.firstReviewGap,
    draft_seconds: timing.draftSeconds,
    queue_seconds: timing.queueSeconds,
    queue_gap: timing.queueGap,
    review_rounds: depth.rounds,
    review_count: depth.reviews,
    reviewer_count: depth.reviewers,
    approval_count: depth.approvals,
    review_comment_count: depth.comments,
    additions: pullRequest.additions,
    deletions: pullRequest.deletions,
    effective_lines: size.effective_lines,
    size_gap: size.size_gap,
    is_revert: pullRequest.reverts_number !== null || (change?.row.reverts_change_id ?? null) !== null,
    reverted_at: context.revertedAt(changeId),
    is_self_merged: health.is_self_merged,
    is_silently_approved: health.is_silently_approved,
    is_cross_team_reviewed: health.is_cross_team_reviewed,
    review_gap: health.review_gap,
  };
}

/** As the change of the default branch has it, which knows whose commits are whose; else the earliest of its own. */
function firstCommitAt({ change, pullRequest }: Subject): number | null {
  if (change !== undefined) {
    return change.row.starts_at === 'first_commit' ? change.row.first_authored_at : null;
  }
  const known = pullRequest.commit_authored_at.filter((at) => at !== null);
  return known.length === 0 ? null : known.reduce((a, b) => Math.min(a, b));
}

interface ReviewDepth {
  firstReviewAt: number | null;
  rounds: number;
  reviews: number;
  reviewers: number;
  approvals: number;
  comments: number;
}

function depthOf({ pullRequest, events, requests }: Subject, reviews: Subject['reviews']): ReviewDepth {
  const first = firstReviews(reviews);
  let [approvals, comments] = [0, 0];
  for (const { state, comment_count } of reviews) {
    if (state === 'approved') approvals += 1;
    comments += comment_count;
  }
  return {
    firstReviewAt: reviews[0]?.submitted_at ?? null,
    rounds: countRounds(reviews, [...authorUpdates(pullRequest, events), ...requests.repeated(first)]),
    reviews: reviews.length,
    reviewers: first.size,
    approvals,
    comments,
  };
}
