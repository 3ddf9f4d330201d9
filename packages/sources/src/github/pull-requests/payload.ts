import type { Instant } from '@bellwether/core';
import { z } from 'zod';
import { cleanSubject, cleanText } from '../../git/commit-message.ts';
import { unexpectedAnswer } from '../connection/errors.ts';
import type { Account } from '../people.ts';
import type { AccountNode, PullRequestNode, ReviewerNode } from './api-schema.ts';
import type { ListName } from './overflow.ts';

/**
 * A pull request as it is kept for `replay`: what the mapper needs and nothing else. People are node ids, texts that
 * people wrote are gone but for titles, which lose addresses.
 */
export const PullRequestPayload = z.object({
  id: z.string(),
  number: z.number(),
  title: z.string(),
  state: z.enum(['OPEN', 'CLOSED', 'MERGED']),
  isDraft: z.boolean(),
  isInMergeQueue: z.boolean(),
  isCrossRepository: z.boolean(),
  author: z.string().nullable(),
  baseRefName: z.string(),
  headRefName: z.string(),
  headRefOid: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  mergedAt: z.number().nullable(),
  closedAt: z.number().nullable(),
  mergedBy: z.string().nullable(),
  mergeCommit: z.string().nullable(),
  additions: z.number(),
  deletions: z.number(),
  changedFiles: z.number(),
  // As GitHub counts them, whatever it listed.
  totals: z.object({ comments: z.number(), commits: z.number(), reviews: z.number(), events: z.number() }),
  labels: z.array(z.string()),
  /** Whose review is asked for now: a node id, or `team:<organisation>/<slug>`. */
  reviewRequests: z.array(z.string()),
  reviews: z.array(
    z.object({
      id: z.string(),
      author: z.string().nullable(),
      state: z.enum(['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED']),
      submittedAt: z.number(),
      commit: z.string().nullable(),
      comments: z.number(),
      hasBody: z.boolean(),
    }),
  ),
  commits: z.array(z.object({ oid: z.string(), authoredAt: z.number(), author: z.string().nullable() })),
  files: z.array(z.object({ path: z.string(), additions: z.number(), deletions: z.number() })),
  events: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      createdAt: z.number(),
      actor: z.string().nullable(),
      reviewer: z.string().nullable(),
      detail: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
  /** Lists that were not read to their end: what is missing there may still be. */
  cut: z.array(z.string()),
});
export type PullRequestPayload = z.infer<typeof PullRequestPayload>;

/**
 * What is kept of an answer.
 *
 * @param cut the lists that were not read to their end
 * @param meet is told of every account, before it is reduced to its id
 * @throws BellwetherError `github-schema` for a time that is none
 */
export function prune(
  node: PullRequestNode,
  cut: readonly ListName[],
  meet: (account: Account) => unknown,
): PullRequestPayload {
  const idOf = (account: AccountNode | null | undefined): string | null => {
    if (account == null) return null;
    meet({ id: account.id, login: account.login, isBot: account.__typename === 'Bot' });
    return account.id;
  };
  const reviewerOf = (reviewer: ReviewerNode | null | undefined): string | null => {
    if (reviewer == null) return null;
    const { __typename, id, login, combinedSlug } = reviewer;
    if (combinedSlug !== undefined) return `team:${combinedSlug}`;
    return id === undefined || login === undefined ? null : idOf({ __typename, id, login });
  };
  return {
    id: node.id,
    number: node.number,
    title: cleanSubject(node.title),
    state: node.state,
    isDraft: node.isDraft,
    isInMergeQueue: node.isInMergeQueue,
    isCrossRepository: node.isCrossRepository,
    author: idOf(node.author),
    baseRefName: cleanText(node.baseRefName, 250),
    headRefName: cleanText(node.headRefName, 250),
    headRefOid: node.headRefOid,
    createdAt: instantOf(node.createdAt),
    updatedAt: instantOf(node.updatedAt),
    mergedAt: node.mergedAt === null ? null : instantOf(node.mergedAt),
    closedAt: node.closedAt === null ? null : instantOf(node.closedAt),
    mergedBy: idOf(node.mergedBy),
    mergeCommit: node.mergeCommit?.oid ?? null,
    additions: node.additions,
    deletions: node.deletions,
    changedFiles: node.changedFiles,
    totals: {
      comments: node.totalCommentsCount ?? 0,
      commits: node.commits.totalCount,
      reviews: node.reviews?.totalCount ?? 0,
      events: node.timelineItems.totalCount,
    },
    labels: kept(node.labels?.nodes, ({ name }) => cleanText(name, 200)),
    reviewRequests: kept(node.reviewRequests?.nodes, (request) => reviewerOf(request.requestedReviewer)),
    reviews: kept(node.reviews?.nodes, (review) =>
      // A review that was not handed in is its author's alone.
      review.state === 'PENDING' || review.submittedAt === null
        ? null
        : {
            id: review.id,
            author: idOf(review.author),
            state: review.state,
            submittedAt: instantOf(review.submittedAt),
            commit: review.commit?.oid ?? null,
            comments: review.comments.totalCount,
            hasBody: review.body !== '',
          },
    ),
    commits: kept(node.commits.nodes, ({ commit }) => ({
      oid: commit.oid,
      authoredAt: instantOf(commit.authoredDate),
      author: idOf(commit.author?.user),
    })),
    files: kept(node.files?.nodes, (file) => file),
    events: kept(node.timelineItems.nodes, (event) =>
      event.id === undefined || event.createdAt === undefined
        ? null
        : {
            id: event.id,
            type: event.__typename,
            createdAt: instantOf(event.createdAt),
            actor: idOf(event.actor),
            reviewer: reviewerOf(event.requestedReviewer),
            detail: cleanText(event.label?.name ?? event.reason ?? '', 200),
            before: event.beforeCommit?.oid ?? null,
            after: event.afterCommit?.oid ?? null,
          },
    ),
    cut: [...cut],
  };
}

function kept<Item, Kept>(
  items: readonly (Item | null)[] | null | undefined,
  keep: (item: Item) => Kept | null,
): Kept[] {
  const result: Kept[] = [];
  for (const item of items ?? []) {
    const one = item === null ? null : keep(item);
    if (one !== null) result.push(one);
  }
  return result;
}

/** @throws BellwetherError `github-schema` for a time that is none */
export function instantOf(text: string): Instant {
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw unexpectedAnswer('pull-requests', '', 'a time that is none');
  return instant;
}
