import type { TimelineItem } from '../../../world/model.ts';
import { formatTime } from '../../time-format.ts';
import { type PageArguments, pageOfList } from '../connection.ts';
import { defineType, type Resolver, type TypeResolvers } from '../define-type.ts';
import type { PullRequestSource, TimelineSource } from '../sources.ts';
import { actorOf, userOf } from './actor.ts';
import { commitOf } from './commit.ts';
import { reviewerOf } from './review.ts';

/** READY_FOR_REVIEW_EVENT for ReadyForReviewEvent. */
const itemTypeOf = new Map<string, string>();

export function pageOfTimeline(
  { repository, value: pullRequest }: PullRequestSource,
  { itemTypes, ...page }: PageArguments & { readonly itemTypes?: readonly string[] | null },
): object {
  const shown = pullRequest.timeline.filter(
    ({ typename }) => itemTypes == null || itemTypes.includes(itemType(typename)),
  );
  const connection = pageOfList(shown, page, {
    idOf: ({ id }) => id,
    map: (value): TimelineSource => ({ typename: value.typename, repository, pullRequest, value }),
  });
  return {
    ...connection,
    totalCount: () => pullRequest.timeline.length,
    filteredCount: shown.length,
    pageCount: connection.items.length,
    updatedAt: formatTime(pullRequest.updatedAt),
  };
}

function itemType(typename: string): string {
  let type = itemTypeOf.get(typename);
  if (type === undefined) {
    type = typename.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
    itemTypeOf.set(typename, type);
  }
  return type;
}

const event: Record<string, Resolver<TimelineSource>> = {
  id: ({ value }) => value.id,
  createdAt: ({ value }) => formatTime(value.createdAt),
  actor: ({ value }, _, context) => actorOf(context, value.actorId),
};

const ofPullRequest: Record<string, Resolver<TimelineSource>> = {
  ...event,
  pullRequest: ({ repository, pullRequest }) => ({ typename: 'PullRequest', repository, value: pullRequest }),
};

const ofReviewer: Record<string, Resolver<TimelineSource>> = {
  ...ofPullRequest,
  requestedReviewer: ({ value }, _, context) => reviewerOf(context, value.reviewer),
};

const closable: Record<string, Resolver<TimelineSource>> = {
  ...event,
  closable: ({ repository, pullRequest }) => ({ typename: 'PullRequest', repository, value: pullRequest }),
};

const enqueued: Record<string, Resolver<TimelineSource>> = {
  ...ofPullRequest,
  enqueuer: ({ value }, _, context) => userOf(context, value.actorId),
};

function defineEvent(
  typename: TimelineItem['typename'],
  fields: Record<string, Resolver<TimelineSource>>,
): TypeResolvers {
  return defineType<TimelineSource>(typename, fields);
}

export const timelineEvents: readonly TypeResolvers[] = [
  defineEvent('ReadyForReviewEvent', ofPullRequest),
  defineEvent('ConvertToDraftEvent', ofPullRequest),
  defineEvent('ReviewRequestedEvent', ofReviewer),
  defineEvent('ReviewRequestRemovedEvent', ofReviewer),
  defineEvent('MergedEvent', {
    ...ofPullRequest,
    commit: ({ repository, pullRequest }) => commitOf(repository, pullRequest.mergeCommitSha),
    mergeRefName: ({ pullRequest }) => pullRequest.baseBranch,
  }),
  defineEvent('AddedToMergeQueueEvent', enqueued),
  defineEvent('RemovedFromMergeQueueEvent', { ...enqueued, reason: ({ value }) => value.reason ?? null }),
  defineEvent('HeadRefForcePushedEvent', {
    ...ofPullRequest,
    beforeCommit: ({ repository, value }) => commitOf(repository, value.beforeSha ?? null),
    afterCommit: ({ repository, value }) => commitOf(repository, value.afterSha ?? null),
  }),
  defineEvent('AutoMergeEnabledEvent', {
    ...ofPullRequest,
    enabler: ({ value }, _, context) => userOf(context, value.actorId),
  }),
  defineEvent('ReviewDismissedEvent', ofPullRequest),
  defineEvent('ReopenedEvent', { ...closable, stateReason: () => null }),
  defineEvent('ClosedEvent', { ...closable, stateReason: () => null }),
  defineEvent('LabeledEvent', {
    ...event,
    label: ({ repository, value }) => ({ typename: 'Label', repository, value: value.label ?? '' }),
    labelable: ({ repository, pullRequest }) => ({ typename: 'PullRequest', repository, value: pullRequest }),
  }),
];
