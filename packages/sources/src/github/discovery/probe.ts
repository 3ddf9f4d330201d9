import { BellwetherError, exitCodes } from '@bellwether/core';
import type { Gap, GitHubApi } from '../api.ts';
import { organisationProbeDocument, repositoryProbeDocument } from '../queries/generated.ts';
import { OrganisationProbe, type ProbedRepository, RepositoryProbe } from './api-schema.ts';

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
 * @throws BellwetherError `github-owner-not-found`, `github-owner-forbidden`
 */
export async function fetchOwner(api: GitHubApi, login: string): Promise<OwnerListing> {
  const repositories = new Map<string, ProbedRepository>();
  let spelling = login;
  let isOrganisation = false;
  let listedCount = 0;
  let totalCount = 0;
  const pages = api.pages({
    document: organisationProbeDocument,
    schema: OrganisationProbe,
    variables: { login },
    connection: (data) => data.repositoryOwner?.repositories ?? null,
    pageSize: PAGE_SIZE,
    key: login,
  });
  for await (const { data, items, gaps } of pages) {
    const owner = data.repositoryOwner;
    if (owner === null) throw ownerMissing(api.host, login, gaps);
    spelling = owner.login;
    isOrganisation = owner.__typename === 'Organization';
    totalCount = owner.repositories.totalCount;
    listedCount += items.length;
    for (const item of items) repositories.set(item.id, item);
  }
  const unreadableCount = Math.max(0, totalCount - listedCount);
  return { login: spelling, isOrganisation, repositories: [...repositories.values()], unreadableCount };
}

/** One repository by name, also by one that it had before; null where there is none that the token may see. */
export async function fetchRepository(
  api: GitHubApi,
  owner: string,
  name: string,
): Promise<ProbedRepository | null> {
  const { data } = await api.query({
    document: repositoryProbeDocument,
    schema: RepositoryProbe,
    variables: { owner, name },
  });
  return data.repository;
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

/** @returns the error for a repository that was named and is not there */
export function repositoryMissing(repo: string): BellwetherError {
  return new BellwetherError({
    code: 'github-repository-not-found',
    message: `There is no repository ${repo}, or this token may not see it.`,
    retry: 'no',
    next: 'Check the spelling, and what the token may read with: bellwether doctor',
  });
}
