import type { Gap, GitHubApi } from '../api.ts';
import type { People } from '../people.ts';
import { organisationTeamsDocument, teamMembersDocument } from '../queries/generated.ts';
import { type Members, OrganisationTeams, type Team, TeamMembers } from './api-schema.ts';
import type { CurrentTeam } from './memberships.ts';

export interface TeamListing {
  /** In the order of their names; null where the token may not see teams. */
  readonly teams: readonly CurrentTeam[] | null;
}

/** Reads all teams with their own members, not those of their child teams. */
export async function fetchTeams(api: GitHubApi, login: string, people: People): Promise<TeamListing> {
  const teams = new Map<string, CurrentTeam>();
  const pages = api.pages({
    document: organisationTeamsDocument,
    schema: OrganisationTeams,
    variables: { login },
    connection: (data) => data.organization?.teams ?? null,
    pageSize: 50,
    key: login,
  });
  for await (const { data, items, gaps } of pages) {
    if (data.organization === null || isForbidden(gaps)) return { teams: null };
    for (const team of items) teams.set(team.id, await toCurrent(api, login, team, people));
  }
  return { teams: [...teams.values()] };
}

async function toCurrent(
  api: GitHubApi,
  login: string,
  { id, slug, name, parentTeam, members }: Team,
  people: People,
): Promise<CurrentTeam> {
  const all = [...(members.nodes ?? [])];
  const { hasNextPage, endCursor } = members.pageInfo;
  if (hasNextPage) all.push(...(await fetchMoreMembers(api, { login, team: id, after: endCursor })));
  const keys = all
    .filter((member) => member !== null)
    .map((member) => people.meet({ ...member, isBot: false }).key);
  return {
    id,
    team: `${login}/${slug}`,
    name,
    parent: parentTeam === null ? '' : `${login}/${parentTeam.slug}`,
    members: new Set(keys),
  };
}

async function fetchMoreMembers(
  api: GitHubApi,
  { login, team, after }: { login: string; team: string; after: string | null },
): Promise<NonNullable<Members['nodes']>> {
  const members: NonNullable<Members['nodes']> = [];
  const pages = api.pages({
    document: teamMembersDocument,
    schema: TeamMembers,
    variables: { team },
    connection: (data) => data.node?.members ?? null,
    after,
    pageSize: 100,
    key: login,
  });
  for await (const { items } of pages) members.push(...items);
  return members;
}

function isForbidden(gaps: readonly Gap[]): boolean {
  return gaps.some(({ kind }) => kind === 'forbidden' || kind === 'insufficient-scopes');
}
