import type { AccountNode, PullRequestNode, ReviewerNode } from '../api-schema.ts';

/** A page that is the whole list. */
export function listNode<Item>(items: readonly Item[]) {
  return {
    totalCount: items.length,
    pageInfo: { hasNextPage: false, endCursor: null },
    nodes: [...items],
  };
}

export function accountNode(id: string, typename = 'User'): AccountNode {
  return { __typename: typename, id, login: `login of ${id}` };
}

export function teamNode(slug: string): ReviewerNode {
  return { __typename: 'Team', id: `T_${slug}`, combinedSlug: slug };
}

type EventNode = NonNullable<NonNullable<PullRequestNode['timelineItems']['nodes']>[number]>;

export function eventNode(typename: string, changes: Partial<EventNode> = {}): EventNode {
  return {
    __typename: typename,
    id: `${typename} ${changes.createdAt ?? ''}`,
    createdAt: '2026-01-05T10:00:00Z',
    actor: accountNode('u_ada'),
    ...changes,
  };
}

/** An open pull request with nothing in it. */
export function pullRequestNode(changes: Partial<PullRequestNode> = {}): PullRequestNode {
  return {
    id: 'PR_7',
    number: 7,
    title: 'Change',
    state: 'OPEN',
    isDraft: false,
    isInMergeQueue: false,
    isCrossRepository: false,
    author: accountNode('u_ada'),
    baseRefName: 'main',
    headRefName: 'topic',
    headRefOid: 'f00d',
    createdAt: '2026-01-01T08:00:00Z',
    updatedAt: '2026-01-05T10:00:00Z',
    mergedAt: null,
    closedAt: null,
    mergedBy: null,
    mergeCommit: null,
    additions: 0,
    deletions: 0,
    changedFiles: 0,
    totalCommentsCount: 0,
    labels: listNode([]),
    reviewRequests: listNode([]),
    reviews: listNode([]),
    commits: listNode([]),
    files: listNode([]),
    timelineItems: listNode([]),
    ...changes,
  };
}
