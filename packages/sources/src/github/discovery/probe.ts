import { BellwetherError, exitCodes } from '@bellwether/core';
import type { Gap, GitHubApi, Page } from '../api.ts';
import { organisationProbeDocument, repositoryProbeDocument } from '../queries/generated.ts';
import type { Permission } from '../session.ts';
import { OrganisationProbe, type ProbedRepository, RepositoryProbe } from './api-schema.ts';
import { permissionsIn, without } from './permissions.ts';

/** More would make a request two points: see `probed-repository.graphql`. */
const PAGE_SIZE = 29;

/** The repositories of an organisation or a user, as far as the token may see them. */
export interface OwnerListing {
  /** In GitHub's own spelling. */
  readonly login: string;
  /** False for a user, who has no teams. */
  readonly isOrganisation: boolean;
  readonly repositories: readonly ProbedRepository[];
  /** Listed, but not shown. Not zero: what is missing from the list says nothing about what is gone. */
  readonly unreadableCount: number;
}

/**
 * Lists all repositories of an organisation or a user, oldest first: the order holds while others are created.
 *
 * What a permission is missing for takes whole repositories out of the answer. So a page that was refused something is
 * asked for again without that, and what it alone could not give is unknown then (`refusedOf`).
 *
 * @throws BellwetherError `github-owner-not-found`, `github-owner-forbidden`
 */
export async function fetchOwner(api: GitHubApi, login: string): Promise<OwnerListing> {
  const listing: Listing = { login, isOrganisation: false, totalCount: 0, repositories: new Map() };
  const refused = new Set<Permission>();
  // Some tokens may read more of public repositories than of others: then every page is asked for in both ways.
  let isMixed = false;
  let knowsPublic = false;
  let after: string | null = null;
  for (;;) {
    const left = isMixed ? new Set<Permission>() : new Set(refused);
    const walk = await walkOwner(api, listing, { left, after, stopsAtPublic: !knowsPublic });
    if (walk.end === 'last') break;
    after = walk.after;
    if (walk.end === 'public') {
      isMixed = knowsPublic = true;
      continue;
    }
    for (const permission of walk.refused) refused.add(permission);
    isMixed = walk.hasOthers;
    const end = await readWithout(api, listing, refused, after);
    if (end === null) break;
    after = end;
  }
  const repositories = [...listing.repositories.values()];
  const unreadableCount = Math.max(0, listing.totalCount - repositories.length);
  return { login: listing.login, isOrganisation: listing.isOrganisation, repositories, unreadableCount };
}

interface Listing {
  login: string;
  isOrganisation: boolean;
  totalCount: number;
  readonly repositories: Map<string, ProbedRepository>;
}

interface OwnerWalk {
  /** What it ended with: the last page, one that was refused something, or one of which more may be public. */
  readonly end: 'last' | 'refused' | 'public';
  /** Where that page begins. */
  readonly after: string | null;
  readonly refused: ReadonlySet<Permission>;
  /** Whether it held repositories that were given in full. */
  readonly hasOthers: boolean;
}

interface WalkOptions {
  /** What is not asked for. */
  readonly left: ReadonlySet<Permission>;
  readonly after: string | null;
  readonly stopsAtPublic: boolean;
}

/** Goes on until a page is refused something that was asked for. */
async function walkOwner(api: GitHubApi, listing: Listing, options: WalkOptions): Promise<OwnerWalk> {
  const { left, stopsAtPublic } = options;
  let { after } = options;
  for await (const page of pagesOf(api, listing.login, left, after)) {
    const hasPublic = page.items.some(({ visibility }) => visibility === 'PUBLIC');
    const refused = new Set([...permissionsIn(page.gaps)].filter((each) => !left.has(each)));
    const stop = { after, refused, hasOthers: page.items.length > 0 };
    if (stopsAtPublic && left.size > 0 && hasPublic) return { ...stop, end: 'public' };
    take(api, listing, page);
    if (refused.size > 0) return { ...stop, end: 'refused' };
    after = page.endCursor;
  }
  return { after, refused: new Set(), hasOthers: false, end: 'last' };
}

/** One page, in as many tries as it takes to learn all that is refused. @returns where the next one begins */
async function readWithout(
  api: GitHubApi,
  listing: Listing,
  refused: Set<Permission>,
  after: string | null,
): Promise<string | null> {
  for (;;) {
    const known = refused.size;
    for await (const page of pagesOf(api, listing.login, refused, after)) {
      for (const permission of permissionsIn(page.gaps)) refused.add(permission);
      if (refused.size > known) break;
      take(api, listing, page);
      return page.hasNextPage ? page.endCursor : null;
    }
    if (refused.size === known) return null;
  }
}

type OwnerPage = Page<OrganisationProbe, ProbedRepository>;

function pagesOf(
  api: GitHubApi,
  login: string,
  refused: ReadonlySet<Permission>,
  after: string | null,
): AsyncIterable<OwnerPage> {
  return api.pages({
    document: organisationProbeDocument,
    schema: OrganisationProbe,
    variables: { login, ...without(refused) },
    connection: (data) => data.repositoryOwner?.repositories ?? null,
    after,
    pageSize: PAGE_SIZE,
    key: login,
  });
}

/** What was given in full stays so when the same page is read again with less. */
function take({ host }: GitHubApi, listing: Listing, { data, items, gaps }: OwnerPage): void {
  const owner = data.repositoryOwner;
  if (owner === null) throw ownerMissing(host, listing.login, gaps);
  listing.login = owner.login;
  listing.isOrganisation = owner.__typename === 'Organization';
  listing.totalCount = owner.repositories.totalCount;
  for (const item of items) {
    if (!listing.repositories.has(item.id)) listing.repositories.set(item.id, item);
  }
}

/** What a first look at an owner shows, for the price of a page or two. */
export interface OwnerGlimpse {
  /** In GitHub's own spelling. */
  readonly login: string;
  readonly repositoryCount: number;
  /** `owner/name` of one that the token may see, of those that are not public if there is one; null: it sees none. */
  readonly example: string | null;
}

/**
 * Whether an organisation or a user can be read at all: what `fetchOwner` would meet on its first page.
 *
 * @throws BellwetherError `github-owner-not-found`, `github-owner-forbidden`, `github-owner-empty`
 */
export async function fetchOwnerGlimpse(api: GitHubApi, login: string): Promise<OwnerGlimpse> {
  const listing: Listing = { login, isOrganisation: false, totalCount: 0, repositories: new Map() };
  const next = await readWithout(api, listing, new Set(), null);
  const seen = [...listing.repositories.values()];
  if (seen.length === 0 && next === null) throw ownerEmpty(api.host, listing.login);
  // Public repositories are read whatever a token may; only the others tell what it may not.
  const example = seen.find(({ visibility }) => visibility !== 'PUBLIC') ?? seen[0];
  return {
    login: listing.login,
    repositoryCount: listing.totalCount,
    example: example === undefined ? null : `${example.owner.login}/${example.name}`,
  };
}

/** One repository by name, also by one that it had before; null where there is none that the token may see. */
export async function fetchRepository(
  api: GitHubApi,
  owner: string,
  name: string,
): Promise<ProbedRepository | null> {
  const refused = new Set<Permission>();
  for (;;) {
    const { data, gaps } = await api.query({
      document: repositoryProbeDocument,
      schema: RepositoryProbe,
      variables: { owner, name, ...without(refused) },
    });
    const known = refused.size;
    for (const permission of permissionsIn(gaps)) refused.add(permission);
    if (refused.size === known) return data.repository;
  }
}

function ownerMissing(host: string, login: string, gaps: readonly Gap[]): BellwetherError {
  const isForbidden = gaps.some(({ kind }) => kind === 'forbidden' || kind === 'insufficient-scopes');
  if (isForbidden) {
    return new BellwetherError({
      code: 'github-owner-forbidden',
      message: `${host}/${login} does not let this token see its repositories.`,
      retry: 'no',
      next: `Let an owner of ${login} approve the token, or install the App there; then: bellwether doctor`,
      exitCode: exitCodes.auth,
    });
  }
  return new BellwetherError({
    code: 'github-owner-not-found',
    message: `There is no organisation or user ${host}/${login}, or this token may not see it.`,
    retry: 'no',
    next: 'Check the spelling under github.organisations in bellwether.yaml, and the token with: bellwether doctor',
  });
}

/**
 * @returns the error for an owner of whom nothing is shown: somebody meant to collect something, and nothing at all is
 * more often a token's fault than the truth
 */
export function ownerEmpty(host: string, login: string): BellwetherError {
  return new BellwetherError({
    code: 'github-owner-empty',
    message: `${host}/${login} has no repository that this token may see.`,
    retry: 'no',
    next: 'Check what the token may read with: bellwether doctor',
  });
}

/** @returns the error for a repository that was named and is not there */
export function repositoryMissing(repo: string): BellwetherError {
  return new BellwetherError({
    code: 'github-repository-not-found',
    message: `There is no repository ${repo}, or this token may not see it.`,
    retry: 'no',
    next: 'Check the spelling, and what the token may read with: bellwether doctor',
  });
}
