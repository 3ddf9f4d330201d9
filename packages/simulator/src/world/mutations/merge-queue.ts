import type { PullRequest, User, World } from '../model.ts';
import { addTimelineItem } from './pull-requests.ts';

export function enableAutoMerge(world: World, pullRequest: PullRequest, actor: User, at: number): void {
  addTimelineItem(world, pullRequest, { typename: 'AutoMergeEnabledEvent', actorId: actor.id }, at);
}

export function addToMergeQueue(world: World, pullRequest: PullRequest, actor: User, at: number): void {
  pullRequest.isInMergeQueue = true;
  addTimelineItem(world, pullRequest, { typename: 'AddedToMergeQueueEvent', actorId: actor.id }, at);
}

export function removeFromMergeQueue(
  world: World,
  pullRequest: PullRequest,
  actor: User,
  reason: string,
  at: number,
): void {
  pullRequest.isInMergeQueue = false;
  const event = { typename: 'RemovedFromMergeQueueEvent', actorId: actor.id, reason } as const;
  addTimelineItem(world, pullRequest, event, at);
}
