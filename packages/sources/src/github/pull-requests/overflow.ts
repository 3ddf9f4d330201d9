import type { z } from 'zod';
import type { GitHubApi, GraphqlDocument } from '../api.ts';
import {
  pullRequestCommitsDocument,
  pullRequestEventsDocument,
  pullRequestFilesDocument,
  pullRequestLabelsDocument,
  pullRequestReviewRequestsDocument,
  pullRequestReviewsDocument,
} from '../queries/generated.ts';
import {
  MoreCommits,
  MoreEvents,
  MoreFiles,
  MoreLabels,
  MoreReviewRequests,
  MoreReviews,
  type PullRequestNode,
} from './api-schema.ts';

/** A list of a pull request that could not be read to its end. */
export interface CutList {
  readonly number: number;
  /** As it is called in words: `commits`. */
  readonly list: ListName;
  readonly reason: 'cut-list' | 'out-of-reach';
  readonly read: number;
  readonly total: number;
}

export type ListName = 'labels' | 'review requests' | 'reviews' | 'commits' | 'files' | 'events';

/** Pull requests of one request; as many as a point pays for with a page of the whole. */
const PAGE = 24;

/** What a list of any kind has in common. */
interface List<Item> {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  nodes: (Item | null)[] | null;
}

type Ids = readonly (string | number)[] | string | number;

interface MoreVariables {
  ids: Ids;
  after?: string | null | undefined;
}

type Follow = (api: GitHubApi, key: string, pulls: readonly PullRequestNode[]) => Promise<CutList[]>;

interface PagedList<Part, Item> {
  readonly name: ListName;
  readonly document: GraphqlDocument<unknown, MoreVariables>;
  readonly schema: z.ZodType<{ nodes: (Part | null)[] }>;
  readonly of: (node: Part | PullRequestNode) => List<Item> | null;
  /** Whether GitHub's total counts what it lists, so that a shorter list is a cut one. */
  readonly isCounted: boolean;
}

/** One list of many pull requests, read to its end. */
function pagedList<Part, Item>({ name, document, schema, of, isCounted }: PagedList<Part, Item>): Follow {
  const cutOf = (pull: PullRequestNode, reason: CutList['reason']): CutList => ({
    number: pull.number,
    list: name,
    reason,
    read: of(pull)?.nodes?.length ?? 0,
    total: of(pull)?.totalCount ?? 0,
  });

  /** Null when the list cannot go on although it has not ended. */
  const append = (pull: PullRequestNode, part: Part): List<Item> | null => {
    const list = of(pull);
    const more = of(part);
    if (list === null || more === null) return null;
    const isStuck = more.pageInfo.hasNextPage && more.pageInfo.endCursor === list.pageInfo.endCursor;
    for (const item of more.nodes ?? []) (list.nodes ??= []).push(item);
    list.totalCount = more.totalCount;
    list.pageInfo = more.pageInfo;
    return isStuck ? null : list;
  };

  return async (api, key, pulls) => {
    const cuts = new Map<PullRequestNode, CutList>();
    const isUnfinished = (pull: PullRequestNode): boolean =>
      !cuts.has(pull) && of(pull)?.pageInfo.hasNextPage === true;

    /** The next page of those that go on from the same cursor. */
    const follow = async (after: string | null, group: readonly PullRequestNode[]): Promise<void> => {
      const byId = new Map(group.map((pull) => [pull.id, pull]));
      const lookup = {
        document,
        schema,
        variables: { after },
        ids: [...byId.keys()],
        items: (data: { nodes: (Part | null)[] }) => data.nodes,
        pageSize: PAGE,
        key,
      };
      for await (const { ids, items, outOfReach } of api.byIds(lookup)) {
        for (const id of outOfReach) {
          const pull = byId.get(id);
          if (pull) cuts.set(pull, cutOf(pull, 'out-of-reach'));
        }
        ids.forEach((id, at) => {
          const pull = byId.get(id);
          const part = items[at] ?? null;
          if (!pull || cuts.has(pull)) return;
          if (part === null || append(pull, part) === null) cuts.set(pull, cutOf(pull, 'cut-list'));
        });
      }
    };

    for (let open = pulls.filter(isUnfinished); open.length > 0; open = open.filter(isUnfinished)) {
      const groups = new Map<string | null, PullRequestNode[]>();
      for (const pull of open) {
        const after = of(pull)?.pageInfo.endCursor ?? null;
        groups.set(after, [...(groups.get(after) ?? []), pull]);
      }
      await Promise.all([...groups].map(([after, group]) => follow(after, group)));
    }
    for (const pull of pulls) {
      const list = of(pull);
      if (!isCounted || list === null || cuts.has(pull)) continue;
      if ((list.nodes?.length ?? 0) < list.totalCount) cuts.set(pull, cutOf(pull, 'cut-list'));
    }
    return [...cuts.values()];
  };
}

const lists: readonly Follow[] = [
  pagedList({
    name: 'labels',
    document: pullRequestLabelsDocument,
    schema: MoreLabels,
    of: ({ labels }) => labels,
    isCounted: false,
  }),
  pagedList({
    name: 'review requests',
    document: pullRequestReviewRequestsDocument,
    schema: MoreReviewRequests,
    of: ({ reviewRequests }) => reviewRequests,
    isCounted: false,
  }),
  pagedList({
    name: 'reviews',
    document: pullRequestReviewsDocument,
    schema: MoreReviews,
    of: ({ reviews }) => reviews,
    isCounted: false,
  }),
  pagedList({
    name: 'commits',
    document: pullRequestCommitsDocument,
    schema: MoreCommits,
    of: ({ commits }) => commits,
    isCounted: true,
  }),
  pagedList({
    name: 'files',
    document: pullRequestFilesDocument,
    schema: MoreFiles,
    of: ({ files }) => files,
    isCounted: true,
  }),
  pagedList({
    name: 'events',
    document: pullRequestEventsDocument,
    schema: MoreEvents,
    of: ({ timelineItems }) => timelineItems,
    isCounted: false,
  }),
];

/**
 * Completes the lists of pull requests, in place, and tells which could not be. A request takes one list of all that
 * go on from the same cursor: where GitHub's cursors are numbers, those are many.
 *
 * @param key as of a lookup
 */
export async function completeLists(
  api: GitHubApi,
  key: string,
  pulls: readonly PullRequestNode[],
): Promise<CutList[]> {
  const cuts = await Promise.all(lists.map((follow) => follow(api, key, pulls)));
  return cuts.flat();
}
