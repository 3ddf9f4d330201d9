import type { Batch } from '../../source.ts';
import { pullRequestHeadsDocument, pullRequestsByIdDocument } from '../queries/generated.ts';
import { PullRequestHeads, type PullRequestNode, PullRequestsById } from './api-schema.ts';
import type { PullRequestCursor } from './cursor.ts';
import { PAGE_SIZE, type Reading } from './reading.ts';
import { nameOf } from './truncation-book.ts';

/**
 * Reads pull requests by their node ids.
 *
 * @param numbers of those that may not be stored yet, by id
 * @returns the ids of those that GitHub does not know, or does not show
 */
export async function* readByIds(
  reading: Reading,
  ids: readonly string[],
  numbers: ReadonlyMap<string, number> = new Map(),
): AsyncGenerator<Batch<PullRequestCursor>, string[]> {
  const { api, owner, name } = reading.context.session;
  const missing: string[] = [];
  const pages = api.byIds({
    document: pullRequestsByIdDocument,
    schema: PullRequestsById,
    variables: {},
    ids: [...new Set(ids)],
    items: (data) => data.nodes,
    pageSize: PAGE_SIZE,
    key: `${owner}/${name}`,
  });
  for await (const page of pages) {
    const tooHeavy = new Set(page.outOfReach);
    missing.push(...page.ids.filter((id, at) => page.items[at] == null && !tooHeavy.has(id)));
    const nodes = page.items.filter((item) => item !== null);
    if (nodes.length > 0) yield await reading.give(nodes);
    for (const id of tooHeavy) {
      missing.push(...(yield* readInParts(reading, id, numbers.get(id) ?? numberOf(reading, id))));
    }
  }
  return missing;
}

/**
 * Reads a pull request that is too heavy to be given at once: first what stands on top, then list by list.
 *
 * @param number where it is known; a pull request of which GitHub gives nothing at all is named by it
 * @returns its id when GitHub does not know it
 */
export async function* readInParts(
  reading: Reading,
  id: string,
  number: number | null,
): AsyncGenerator<Batch<PullRequestCursor>, string[]> {
  const { api, owner, name } = reading.context.session;
  const pages = api.byIds({
    document: pullRequestHeadsDocument,
    schema: PullRequestHeads,
    variables: {},
    ids: [id],
    items: (data) => data.nodes,
    pageSize: 1,
    key: `${owner}/${name}`,
  });
  for await (const { items, outOfReach } of pages) {
    const head = items[0] ?? null;
    if (head !== null) {
      yield await reading.give([{ ...head, ...unreadLists() }]);
      return [];
    }
    if (outOfReach.length > 0) {
      yield reading.note({
        entity: number === null ? id : nameOf(number),
        reason: 'out-of-reach',
        detail: 'GitHub could not give this pull request in time, not even in parts.',
      });
      return [];
    }
  }
  return [id];
}

/** Lists of which not even the first page is there: completing them reads each from its beginning. */
function unreadLists(): Pick<
  PullRequestNode,
  'labels' | 'reviewRequests' | 'reviews' | 'commits' | 'files' | 'timelineItems'
> {
  const unread = () => ({ totalCount: 0, pageInfo: { hasNextPage: true, endCursor: null }, nodes: [] });
  return {
    labels: unread(),
    reviewRequests: unread(),
    reviews: unread(),
    commits: unread(),
    files: unread(),
    timelineItems: unread(),
  };
}

function numberOf({ state }: Reading, id: string): number | null {
  for (const [number, known] of state.known) if (known.id === id) return number;
  return null;
}
