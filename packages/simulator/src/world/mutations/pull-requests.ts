import { advance } from '../empty-world.ts';
import { nextDatabaseId, nextNumber, nodeId } from '../ids.ts';
import type { ChangedFile, PullRequest, Repository, TimelineItem, User, World } from '../model.ts';
import { moveBranch } from './commits.ts';

export interface NewPullRequest {
  readonly title: string;
  readonly body?: string;
  readonly author: User;
  readonly baseBranch?: string;
  readonly headBranch: string;
  /** In order; at least one. Stored already. */
  readonly commitShas: readonly string[];
  readonly files: readonly ChangedFile[];
  readonly isDraft?: boolean;
  /** From a fork: its branch is in no branch of this repository. */
  readonly isCrossRepository?: boolean;
}

export function openPullRequest(
  world: World,
  repository: Repository,
  input: NewPullRequest,
  at: number,
): PullRequest {
  const headSha = input.commitShas.at(-1);
  if (headSha === undefined) throw new RangeError('a pull request needs a commit');
  const createdAt = advance(world, at);
  const databaseId = nextDatabaseId(world);
  const pullRequest: PullRequest = {
    id: nodeId(world, 'PR', databaseId),
    databaseId,
    number: nextNumber(world, repository),
    title: input.title,
    body: input.body ?? '',
    state: 'OPEN',
    isDraft: input.isDraft ?? false,
    authorId: input.author.id,
    baseBranch: input.baseBranch ?? repository.defaultBranch,
    headBranch: input.headBranch,
    headSha,
    isCrossRepository: input.isCrossRepository ?? false,
    createdAt,
    updatedAt: createdAt,
    mergedAt: null,
    closedAt: null,
    mergedById: null,
    mergeCommitSha: null,
    isInMergeQueue: false,
    labels: [],
    commitShas: [...input.commitShas],
    files: [...input.files],
    reviewRequests: [],
    reviews: [],
    timeline: [],
    commentCount: 0,
  };
  repository.pullRequests.set(pullRequest.number, pullRequest);
  if (!pullRequest.isCrossRepository) moveBranch(world, repository, input.headBranch, headSha, at);
  return pullRequest;
}

type NewTimelineItem = Omit<TimelineItem, 'id' | 'createdAt'>;

/** Adds to the timeline and touches `updatedAt`, as every event of GitHub's timeline does. */
export function addTimelineItem(
  world: World,
  pullRequest: PullRequest,
  item: NewTimelineItem,
  at: number,
): TimelineItem {
  const added = { id: nodeId(world, 'EV'), createdAt: advance(world, at), ...item };
  pullRequest.timeline.push(added);
  touch(world, pullRequest, at);
  return added;
}

export function touch(world: World, pullRequest: PullRequest, at: number): void {
  pullRequest.updatedAt = Math.max(pullRequest.updatedAt, advance(world, at));
}

/** New commits on top of the head. */
export function pushCommits(
  world: World,
  repository: Repository,
  pullRequest: PullRequest,
  shas: readonly string[],
  at: number,
): void {
  pullRequest.commitShas.push(...shas);
  moveHead(world, repository, pullRequest, at);
}

/** Other commits instead: after a rebase or an amended commit. */
export function forcePush(
  world: World,
  repository: Repository,
  pullRequest: PullRequest,
  shas: readonly string[],
  at: number,
): void {
  const beforeSha = pullRequest.headSha;
  pullRequest.commitShas.splice(0, pullRequest.commitShas.length, ...shas);
  moveHead(world, repository, pullRequest, at);
  const afterSha = pullRequest.headSha;
  const event = { typename: 'HeadRefForcePushedEvent', actorId: pullRequest.authorId } as const;
  addTimelineItem(world, pullRequest, { ...event, beforeSha, afterSha }, at);
}

function moveHead(world: World, repository: Repository, pullRequest: PullRequest, at: number): void {
  pullRequest.headSha = pullRequest.commitShas.at(-1)!;
  if (!pullRequest.isCrossRepository) {
    moveBranch(world, repository, pullRequest.headBranch, pullRequest.headSha, at);
  }
  touch(world, pullRequest, at);
}

export function markReady(world: World, pullRequest: PullRequest, actor: User, at: number): void {
  pullRequest.isDraft = false;
  addTimelineItem(world, pullRequest, { typename: 'ReadyForReviewEvent', actorId: actor.id }, at);
}

export function convertToDraft(world: World, pullRequest: PullRequest, actor: User, at: number): void {
  pullRequest.isDraft = true;
  pullRequest.isInMergeQueue = false;
  addTimelineItem(world, pullRequest, { typename: 'ConvertToDraftEvent', actorId: actor.id }, at);
}

export function addLabel(
  world: World,
  pullRequest: PullRequest,
  label: string,
  actor: User,
  at: number,
): void {
  if (pullRequest.labels.includes(label)) return;
  pullRequest.labels.push(label);
  addTimelineItem(world, pullRequest, { typename: 'LabeledEvent', actorId: actor.id, label }, at);
}

/** Without merging it. */
export function closePullRequest(world: World, pullRequest: PullRequest, actor: User, at: number): void {
  pullRequest.state = 'CLOSED';
  pullRequest.isInMergeQueue = false;
  pullRequest.closedAt = advance(world, at);
  addTimelineItem(world, pullRequest, { typename: 'ClosedEvent', actorId: actor.id }, at);
}

export function reopenPullRequest(world: World, pullRequest: PullRequest, actor: User, at: number): void {
  pullRequest.state = 'OPEN';
  pullRequest.closedAt = null;
  addTimelineItem(world, pullRequest, { typename: 'ReopenedEvent', actorId: actor.id }, at);
}

/** Somebody says something outside a review. */
export function comment(world: World, pullRequest: PullRequest, at: number): void {
  pullRequest.commentCount += 1;
  touch(world, pullRequest, at);
}
