import type { PullRequest } from '../../../world/model.ts';
import { formatOptionalTime, formatTime } from '../../time-format.ts';
import { type PageArguments, pageOfList } from '../connection.ts';
import { defineType } from '../define-type.ts';
import { repositoryUrl } from '../links.ts';
import { pageArguments, refuseArguments } from '../refuse-arguments.ts';
import type { PullRequestCommitSource, PullRequestSource, ReviewRequestSource } from '../sources.ts';
import { actorOf } from './actor.ts';
import { commitOf } from './commit.ts';
import { type LabelArguments, pageOfLabels } from './label.ts';
import { pageOfReviews } from './review.ts';
import { pageOfTimeline } from './timeline.ts';

/** GitHub lists no more, however many there are; `totalCount` says the truth. */
const MOST_COMMITS = 250;

const PREVIEWED_FILES = 3000;

export const pullRequest = defineType<PullRequestSource>('PullRequest', {
  id: ({ value }) => value.id,
  databaseId: ({ value }) => value.databaseId,
  fullDatabaseId: ({ value }) => String(value.databaseId),
  number: ({ value }) => value.number,
  title: ({ value }) => value.title,
  body: ({ value }) => value.body,
  bodyText: ({ value }) => value.body,
  state: ({ value }) => value.state,
  isDraft: ({ value }) => value.isDraft,
  isCrossRepository: ({ value }) => value.isCrossRepository,
  isInMergeQueue: ({ value }) => value.isInMergeQueue,
  closed: ({ value }) => value.state !== 'OPEN',
  merged: ({ value }) => value.state === 'MERGED',
  locked: () => false,
  url: ({ repository, value }, _, { origin, world }) =>
    `${repositoryUrl(origin, world, repository)}/pull/${value.number}`,
  resourcePath: ({ repository, value }, _, { world }) =>
    `${repositoryUrl('', world, repository)}/pull/${value.number}`,

  createdAt: ({ value }) => formatTime(value.createdAt),
  publishedAt: ({ value }) => formatTime(value.createdAt),
  updatedAt: ({ value }) => formatTime(value.updatedAt),
  mergedAt: ({ value }) => formatOptionalTime(value.mergedAt),
  closedAt: ({ value }) => formatOptionalTime(value.closedAt),

  author: ({ value }, _, context) => actorOf(context, value.authorId),
  mergedBy: ({ value }, _, context) => actorOf(context, value.mergedById),
  repository: ({ repository }) => ({ typename: 'Repository', value: repository }),
  baseRepository: ({ repository }) => ({ typename: 'Repository', value: repository }),
  /** The fork's repository is not part of this world. */
  headRepository: ({ repository, value }) =>
    value.isCrossRepository ? null : { typename: 'Repository', value: repository },
  baseRefName: ({ value }) => value.baseBranch,
  headRefName: ({ value }) => value.headBranch,
  headRefOid: ({ value }) => value.headSha,
  mergeCommit: ({ repository, value }) => commitOf(repository, value.mergeCommitSha),
  reviewDecision: ({ value }) => reviewDecision(value),

  additions: ({ value }) => sum(value.files.map(({ additions }) => additions)),
  deletions: ({ value }) => sum(value.files.map(({ deletions }) => deletions)),
  changedFiles: ({ value }) => value.files.length,
  totalCommentsCount: ({ value }) =>
    value.commentCount + sum(value.reviews.map(({ commentCount }) => commentCount)),
  comments: ({ value }, page: PageArguments) => ({
    ...pageOfList([], page, { idOf: () => 0, map: (row) => row }),
    totalCount: () => value.commentCount,
  }),

  labels: ({ repository, value }, page: LabelArguments) => pageOfLabels(repository, value.labels, page),
  files: ({ value }, page: PageArguments) => ({
    ...pageOfList(value.files.slice(0, PREVIEWED_FILES), page, {
      idOf: ({ path }) => path,
      map: (file) => file,
    }),
    totalCount: () => value.files.length,
  }),
  commits: (source, page: PageArguments) => pageOfCommits(source, page),
  reviewRequests: ({ repository, value }, page: PageArguments) =>
    pageOfList(value.reviewRequests, page, {
      idOf: ({ id }) => id,
      map: (request): ReviewRequestSource => ({
        typename: 'ReviewRequest',
        repository,
        pullRequest: value,
        value: request,
      }),
    }),
  reviews: (source, args: PageArguments & { readonly states?: readonly string[] | null }) => {
    refuseArguments('PullRequest.reviews', args, [...pageArguments, 'states']);
    return pageOfReviews(source, args);
  },
  timelineItems: (source, args: PageArguments & { readonly itemTypes?: readonly string[] | null }) => {
    refuseArguments('PullRequest.timelineItems', args, [...pageArguments, 'itemTypes']);
    return pageOfTimeline(source, args);
  },
});

export const pullRequestChangedFile = defineType<PullRequest['files'][number]>('PullRequestChangedFile', {
  path: ({ path }) => path,
  additions: ({ additions }) => additions,
  deletions: ({ deletions }) => deletions,
  changeType: ({ changeType }) => changeType,
});

export const pullRequestCommit = defineType<PullRequestCommitSource>('PullRequestCommit', {
  id: ({ pullRequest: { id }, value }) => `PURC_${Buffer.from(`${id}:${value.sha}`).toString('base64url')}`,
  commit: ({ repository, value }) => ({ typename: 'Commit', repository, value }),
  pullRequest: ({ repository, pullRequest: value }) => ({ typename: 'PullRequest', repository, value }),
});

function pageOfCommits({ repository, value }: PullRequestSource, page: PageArguments): object {
  const listed = value.commitShas.slice(0, MOST_COMMITS);
  return {
    ...pageOfList(listed, page, {
      idOf: (sha) => sha,
      map: (sha): PullRequestCommitSource | null => {
        const commit = repository.commits.get(sha);
        return commit === undefined
          ? null
          : { typename: 'PullRequestCommit', repository, pullRequest: value, value: commit };
      },
    }),
    totalCount: () => value.commitShas.length,
  };
}

function reviewDecision({ reviews, reviewRequests }: PullRequest): string | null {
  const latest = new Map(reviews.map(({ authorId, state }) => [authorId, state]));
  const states = new Set(latest.values());
  if (states.has('CHANGES_REQUESTED')) return 'CHANGES_REQUESTED';
  if (states.has('APPROVED')) return 'APPROVED';
  return reviewRequests.length > 0 ? 'REVIEW_REQUIRED' : null;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
