import { formatOptionalTime } from '../../time-format.ts';
import { type Connection, type PageArguments, pageOfList } from '../connection.ts';
import { defineType } from '../define-type.ts';
import type { Context } from '../context.ts';
import { notSimulated } from '../errors.ts';
import { repositoryUrl } from '../links.ts';
import type { PullRequestSource, ReviewRequestSource, ReviewSource } from '../sources.ts';
import { actorOf } from './actor.ts';
import { commitOf } from './commit.ts';

/** Pending reviews are left out: GitHub shows those to their author alone. */
export function pageOfReviews(
  { repository, value: pullRequest }: PullRequestSource,
  { states, ...page }: PageArguments & { readonly states?: readonly string[] | null },
): Connection {
  const shown = pullRequest.reviews.filter(
    ({ state }) => state !== 'PENDING' && (states == null || states.includes(state)),
  );
  return pageOfList(shown, page, {
    idOf: ({ id }) => id,
    map: (value): ReviewSource => ({ typename: 'PullRequestReview', repository, pullRequest, value }),
  });
}

export const review = defineType<ReviewSource>('PullRequestReview', {
  id: ({ value }) => value.id,
  state: ({ value }) => value.state,
  body: ({ value }) => value.body,
  bodyText: ({ value }) => value.body,
  submittedAt: ({ value }) => formatOptionalTime(value.submittedAt),
  publishedAt: ({ value }) => formatOptionalTime(value.submittedAt),
  createdAt: ({ value, pullRequest }) => formatOptionalTime(value.submittedAt ?? pullRequest.createdAt),
  updatedAt: ({ value, pullRequest }) => formatOptionalTime(value.submittedAt ?? pullRequest.createdAt),
  author: ({ value }, _, context) => actorOf(context, value.authorId),
  commit: ({ repository, value }) => commitOf(repository, value.commitSha),
  pullRequest: ({ repository, pullRequest }) => ({ typename: 'PullRequest', repository, value: pullRequest }),
  url: ({ repository, pullRequest, value }, _, { origin, world }) =>
    `${repositoryUrl(origin, world, repository)}/pull/${pullRequest.number}#pullrequestreview-${value.id}`,
  /** The world counts comments and does not keep them. */
  comments: ({ value }, page: PageArguments) => {
    if (page.first != null || page.last != null) throw notSimulated('PullRequestReview.comments { nodes }');
    return {
      ...pageOfList([], page, { idOf: () => 0, map: () => null }),
      totalCount: () => value.commentCount,
    };
  },
});

export const reviewRequest = defineType<ReviewRequestSource>('ReviewRequest', {
  id: ({ value }) => value.id,
  asCodeOwner: () => false,
  requestedReviewer: ({ value }, _, context) => reviewerOf(context, value.reviewer),
  pullRequest: ({ repository, pullRequest }) => ({ typename: 'PullRequest', repository, value: pullRequest }),
});

/** Null for deleted accounts and teams. */
export function reviewerOf(
  context: Context,
  reviewer: { readonly kind: 'user' | 'team'; readonly id: string } | undefined,
): object | null {
  if (reviewer === undefined) return null;
  if (reviewer.kind === 'user') return actorOf(context, reviewer.id);
  const team = context.world.teams.get(reviewer.id);
  return team === undefined ? null : { typename: 'Team', value: team };
}
