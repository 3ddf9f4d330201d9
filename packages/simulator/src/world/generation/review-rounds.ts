import type { PullRequest, User } from '../model.ts';
import { addCommit } from '../mutations/commits.ts';
import { rebase } from '../mutations/merges.ts';
import { forcePush, pushCommits } from '../mutations/pull-requests.ts';
import { dismissReview, removeReviewRequest, requestReview, submitReview } from '../mutations/reviews.ts';
import { changeTitle } from '../names.ts';
import { checkHead } from './branch-work.ts';
import { type Life, members, minute, wait } from './context.ts';
import { planMerge } from './merging.ts';

const mostRounds = 5;

/** One or two people, at times a team; some requests are taken back. */
export function requestReviews(life: Life, pullRequest: PullRequest, author: User, at: number): void {
  const { world, random, parameters, schedule } = life;
  const { requestRemovedShare, teamRequestShare } = parameters.pullRequests;
  const count = random.weighted({ 0: 2, 1: 5, 2: 3 });
  for (let index = 0; index < Number(count); index++) {
    const reviewer = pickReviewer(life, author);
    if (!reviewer) return;
    const asked = { kind: 'user', id: reviewer.id } as const;
    requestReview(world, pullRequest, asked, author, at);
    if (random.chance(requestRemovedShare)) {
      const removedAt = at + random.integer(2, 90) * minute;
      schedule.at(removedAt, (when) => removeReviewRequest(world, pullRequest, asked, author, when));
    }
  }
  if (random.chance(teamRequestShare)) {
    requestReview(world, pullRequest, { kind: 'team', id: life.team.id }, author, at);
  }
}

/** Rounds of review until somebody approves; then it is merged. */
export function planReviews(life: Life, pullRequest: PullRequest, author: User, at: number): void {
  const { world, random, parameters, schedule, bots } = life;
  if (random.chance(parameters.pullRequests.botReviewShare)) {
    schedule.at(at + random.integer(1, 4) * minute, (when) => {
      submitReview(world, pullRequest, { author: bots.reviews, state: 'COMMENTED', commentCount: 1 }, when);
    });
  }
  planRound(life, pullRequest, author, 1, at);
}

function planRound(life: Life, pullRequest: PullRequest, author: User, round: number, at: number): void {
  const { random, parameters, schedule, working } = life;
  const { pickupHours, durationSpread } = parameters.pullRequests;
  const reviewer = pickReviewer(life, author);
  if (!reviewer) {
    planMerge(life, pullRequest, author, at);
    return;
  }
  const reviewedAt = at + wait(random, pickupHours, durationSpread);
  schedule.at(working.atWork(reviewedAt, reviewer.timeZone, random), (when) => {
    review(life, pullRequest, { author, reviewer, round }, when);
  });
}

interface Round {
  readonly author: User;
  readonly reviewer: User;
  readonly round: number;
}

function review(life: Life, pullRequest: PullRequest, { author, reviewer, round }: Round, at: number): void {
  const { world, repository, random, parameters, schedule, working } = life;
  const shares = parameters.pullRequests;
  if (pullRequest.state !== 'OPEN' || repository.isArchived) return;
  const isApproved = round >= mostRounds || random.chance(shares.approvalShare);
  const state = isApproved ? 'APPROVED' : random.pick(['CHANGES_REQUESTED', 'COMMENTED'] as const);
  const commentCount = isApproved ? 0 : random.integer(1, 6);
  const touchesUpdatedAt = !random.chance(shares.quietReviewShare);
  const submitted = { author: reviewer, state, commentCount, touchesUpdatedAt } as const;
  const given = submitReview(world, pullRequest, submitted, at);

  const hasSecondThoughts = isApproved && round < mostRounds && random.chance(shares.dismissedShare);
  if (isApproved && !hasSecondThoughts) {
    planMerge(life, pullRequest, author, at);
    return;
  }
  const reworkedAt = at + wait(random, shares.reworkHours, shares.durationSpread);
  schedule.at(working.atWork(reworkedAt, author.timeZone, random), (when) => {
    if (pullRequest.state !== 'OPEN' || repository.isArchived) return;
    improve(life, pullRequest, author, when);
    if (hasSecondThoughts) dismissReview(world, pullRequest, given, author, when);
    const asked = { kind: 'user', id: reviewer.id } as const;
    if (random.chance(0.5)) requestReview(world, pullRequest, asked, author, when);
    planRound(life, pullRequest, author, round + 1, when);
  });
}

/** The author pushes: on top, with the default branch merged in, or rebased. */
function improve(life: Life, pullRequest: PullRequest, author: User, at: number): void {
  const { world, repository, random, parameters } = life;
  const { forcePushShare, mergeMainShare } = parameters.pullRequests;
  const main = repository.branches.get(repository.defaultBranch)!;
  if (random.chance(forcePushShare)) {
    const shas = rebase(world, repository, {
      shas: pullRequest.commitShas,
      onto: main,
      committedAt: at,
      committer: author,
    });
    if (shas.length > 0) forcePush(world, repository, pullRequest, shas, at);
  } else if (random.chance(mergeMainShare)) {
    const message = `Merge branch '${repository.defaultBranch}' into ${pullRequest.headBranch}`;
    const parents = [pullRequest.headSha, main];
    const { sha } = addCommit(world, repository, { parents, author, authoredAt: at, message });
    pushCommits(world, repository, pullRequest, [sha], at);
  }
  const input = { parents: [pullRequest.headSha], author, authoredAt: at, message: changeTitle(random) };
  pushCommits(world, repository, pullRequest, [addCommit(world, repository, input).sha], at);
  checkHead(life, pullRequest, author, at);
}

function pickReviewer(life: Life, author: User): User | undefined {
  const others = members(life).filter((user) => user !== author);
  return others.length === 0 ? undefined : life.random.pick(others);
}
