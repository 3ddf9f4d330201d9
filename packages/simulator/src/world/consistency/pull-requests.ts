import type { PullRequest, Repository, World } from '../model.ts';
import { type Complain, isInOrder } from './complain.ts';

export function checkPullRequest(
  world: World,
  repository: Repository,
  pullRequest: PullRequest,
  complain: Complain,
): void {
  const about = `${repository.name}#${pullRequest.number}`;
  const right = (isRight: boolean, what: string) => complain(about, isRight, what);
  const { state, createdAt, updatedAt, mergedAt, closedAt, timeline, reviews } = pullRequest;

  right(repository.pullRequests.get(pullRequest.number) === pullRequest, 'stored under another number');
  right(world.users.has(pullRequest.authorId), 'by nobody known');
  right((state === 'MERGED') === (mergedAt !== null), 'merged or not');
  right((state === 'OPEN') === (closedAt === null), 'closed or not');
  right(mergedAt === null || (mergedAt >= createdAt && mergedAt === closedAt), 'merged before it was there');
  right(mergedAt !== null || pullRequest.mergeCommitSha === null, 'a merge commit without a merge');
  right(closedAt === null || closedAt >= createdAt, 'closed before it was there');
  right(!(state === 'MERGED' && pullRequest.isDraft), 'a merged draft');
  right(state === 'OPEN' || !pullRequest.isInMergeQueue, 'in the queue and not open');

  right(pullRequest.commitShas.length > 0, 'no commits');
  right(pullRequest.commitShas.at(-1) === pullRequest.headSha, 'its head is not its last commit');
  right(
    pullRequest.commitShas.every((sha) => repository.commits.has(sha)),
    'a commit is missing',
  );
  const merge = pullRequest.mergeCommitSha;
  right(merge === null || repository.commits.get(merge)?.committedAt === mergedAt, 'merged at another time');
  const hasBranch = repository.branches.get(pullRequest.headBranch) === pullRequest.headSha;
  right(state !== 'OPEN' || pullRequest.isCrossRepository || hasBranch, 'its branch is elsewhere');

  right(updatedAt >= createdAt, 'updated before it was there');
  right(isInOrder([createdAt, ...timeline.map((item) => item.createdAt)]), 'a timeline out of order');
  right(updatedAt >= (timeline.at(-1)?.createdAt ?? 0), 'not updated by what stands in its timeline');
  right(
    isInOrder([createdAt, ...reviews.map(({ submittedAt }) => submittedAt ?? createdAt)]),
    'reviews out of order',
  );
  right(!reviews.some(({ authorId }) => authorId === pullRequest.authorId), 'reviewed by its author');
  const asked = pullRequest.reviewRequests.map(({ reviewer }) => reviewer.id);
  right(new Set(asked).size === asked.length, 'somebody is asked twice');
  const paths = pullRequest.files.map(({ path }) => path);
  right(new Set(paths).size === paths.length, 'a file twice');
}
