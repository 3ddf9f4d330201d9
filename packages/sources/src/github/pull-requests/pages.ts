import type { Batch } from '../../source.ts';
import type { Page } from '../api.ts';
import { repositoryMissing } from '../discovery/probe.ts';
import {
  pullRequestListingDocument,
  pullRequestsDocument,
  pullRequestsSkipDocument,
  type PullRequestsQueryVariables,
} from '../queries/generated.ts';
import {
  type ListedLight,
  type ListedPullRequest,
  PullRequestListing,
  type PullRequestNode,
  PullRequests,
  type PullRequestsPage,
  PullRequestsSkip,
} from './api-schema.ts';
import type { PullRequestCursor } from './cursor.ts';
import { PAGE_SIZE, type PullRequestContext, type Reading } from './reading.ts';
import { type Cut, nameOf } from './truncation-book.ts';

/** What the whole list is called among what is cut. */
export const WHOLE = 'pull requests';

export type PullRequestPage = Page<PullRequestsPage, PullRequestNode>;

/** Ids, numbers and times only: hundreds of times lighter. */
const LISTING_PAGE = 100;

/** Pull requests in the order of their last change. */
export function pagesOf(
  { session: { api, owner, name } }: PullRequestContext,
  direction: 'ASC' | 'DESC',
  after: string | null,
  { isWhole = false } = {},
): AsyncIterable<PullRequestPage> {
  return api.pages<PullRequestsPage, PullRequestsQueryVariables, PullRequestNode>({
    document: pullRequestsDocument,
    schema: PullRequests,
    variables: { owner, name, direction },
    connection: (data) => data.repository?.pullRequests ?? null,
    after,
    pageSize: PAGE_SIZE,
    key: `${owner}/${name}`,
    isWhole,
    skip: { document: pullRequestsSkipDocument, schema: PullRequestsSkip },
  });
}

/** All pull requests, lightly: oldest first, an order that nothing changes; or the last changed first. */
export function listingOf(
  { session: { api, owner, name } }: PullRequestContext,
  order: 'oldest-first' | 'last-changed-first',
): AsyncIterable<Page<PullRequestListing, ListedLight>> {
  const isByAge = order === 'oldest-first';
  return api.pages({
    document: pullRequestListingDocument,
    schema: PullRequestListing,
    variables: {
      owner,
      name,
      field: isByAge ? 'CREATED_AT' : 'UPDATED_AT',
      direction: isByAge ? 'ASC' : 'DESC',
    },
    connection: (data) => data.repository?.pullRequests ?? null,
    pageSize: LISTING_PAGE,
    key: `${owner}/${name}`,
  });
}

/**
 * Whether the list of pull requests was shown at all.
 *
 * @throws BellwetherError `github-repository-not-found`
 */
export function isShown(
  { session }: PullRequestContext,
  { data, gaps }: Pick<Page<{ repository: unknown }, unknown>, 'data' | 'gaps'>,
): boolean {
  if (data.repository !== null) return true;
  if (gaps.some(({ kind }) => kind === 'forbidden' || kind === 'insufficient-scopes')) return false;
  throw repositoryMissing(session.repo);
}

/** What GitHub left out of the pull requests of a page, by number. */
export function gapsOf({ data, gaps }: Pick<PullRequestPage, 'data' | 'gaps'>): Map<number, Cut[]> {
  const found = new Map<number, Cut[]>();
  for (const { kind, path } of gaps) {
    // ['repository', 'pullRequests', 'nodes', 3, 'reviewRequests', …]
    const [, , , at, ...rest] = path;
    const node = data.repository?.pullRequests.nodes?.[Number(at)];
    const field = rest.filter((part) => typeof part === 'string' && part !== 'nodes').join('.');
    if (!node || field === '') continue;
    const isForbidden = kind === 'forbidden' || kind === 'insufficient-scopes';
    const cut: Cut = {
      entity: `${nameOf(node.number)} ${field}`,
      reason: isForbidden ? 'no-permission' : 'out-of-reach',
      detail: isForbidden ? `The token may not read its ${field}.` : `GitHub did not give its ${field}.`,
    };
    found.set(node.number, [...(found.get(node.number) ?? []), cut]);
  }
  return found;
}

/** Which pull request a page has stepped over, because it alone was too heavy. */
export function skippedOf({ data, isOutOfReach }: PullRequestPage): ListedPullRequest[] {
  if (!isOutOfReach) return [];
  return (data.repository?.pullRequests.skipped ?? []).filter((listed) => listed !== null);
}

/** The token may not read pull requests: said, and nothing moves, so that the next run tries again. */
export async function* noteNotShown(reading: Reading): AsyncGenerator<Batch<PullRequestCursor>, null> {
  const { repo } = reading.context.session;
  const batch = reading.note({
    entity: WHOLE,
    reason: 'no-permission',
    detail: 'The token may not read the pull requests of this repository.',
  });
  yield { ...batch, warnings: [`${repo}: the token may not read pull requests; they are left out.`] };
  return null;
}
