import {
  cursors,
  deployments,
  incidents,
  overrides,
  services,
  type TeamMemberRow,
  teamMembers,
  type TeamRow,
  teams,
  type Warehouse,
} from '@bellwether/warehouse';
import {
  type DomainIncident,
  incidentColumns,
  type IncidentRoutes,
  routeIncidents,
} from './incident-routes.ts';

export type DomainMembership = TeamMemberRow;
export type DomainTeam = Pick<TeamRow, 'team' | 'name' | 'parent_team'>;

/**
 * What belongs to no repository, or to another one than it is about. It is read once for all repositories: a few
 * thousand rows, where a query for each of them would cost seconds to find nothing new.
 */
export interface SharedDomain {
  incidentsOf: (repo: string) => readonly DomainIncident[];
  hasIncidentSource: (repo: string) => boolean;
  memberships: readonly DomainMembership[];
  teams: readonly DomainTeam[];
  /** Owners of the services of a repository, as the catalogue has them. */
  ownersOf: (repo: string) => readonly string[];
}

export async function readSharedDomain(
  warehouse: Warehouse,
  repos: readonly string[],
): Promise<SharedDomain> {
  const catalogue = await warehouse.readRows(services, ['repo', 'service', 'owner_team']);
  const attributions = await warehouse.readRows(overrides, ['repo', 'entity', 'ruling', 'ruled_at'], {
    sql: "kind = 'attribution'",
  });
  const reported = await warehouse.readRows(incidents, incidentColumns);
  const isAnyNamed = attributions.length > 0 || reported.some(({ caused_by }) => caused_by !== null);
  const routes = routeIncidents({
    repos,
    catalogue,
    attributions,
    incidents: reported,
    homeOf: isAnyNamed ? await readHomes(warehouse) : new Map(),
  });
  const readIncidents = await warehouse.readRows(cursors, ['key'], { sql: "stream = 'incidents'" });
  const owners = new Map<string, string[]>();
  for (const { repo, owner_team } of catalogue) owners.set(repo, [...(owners.get(repo) ?? []), owner_team]);
  return {
    incidentsOf: (repo) => routes.of(repo),
    hasIncidentSource: incidentSources(routes, new Set(readIncidents.map(({ key }) => key))),
    memberships: await warehouse.readRows(teamMembers, ['team', 'person_key', 'valid_from', 'valid_to']),
    teams: await warehouse.readRows(teams, ['team', 'name', 'parent_team']),
    ownersOf: (repo) => owners.get(repo) ?? [],
  };
}

/** The repositories of deployments that somebody names: an imported one has an id of its own, which tells none. */
async function readHomes(warehouse: Warehouse): Promise<Map<string, string>> {
  const rows = await warehouse.readRows(deployments, ['repo', 'deployment_id'], {
    sql: `deployment_id IN (SELECT assumeNotNull(caused_by) FROM domain.incidents FINAL WHERE caused_by IS NOT NULL)
      OR deployment_id IN (SELECT ruling FROM domain.overrides FINAL WHERE kind = 'attribution')`,
  });
  const homes = new Map(rows.map(({ repo, deployment_id }) => [deployment_id, repo]));
  // An id that two repositories use names neither.
  const twice = rows.filter(({ repo, deployment_id }) => homes.get(deployment_id) !== repo);
  for (const { deployment_id } of twice) homes.delete(deployment_id);
  return homes;
}

/**
 * Whether it would be known if a deployment of a repository had caused an incident: one reached the repository, or its
 * incidents were read and the same owner writes incidents down somewhere. That reading found none is not enough: most
 * repositories simply have no issue with such a label, and a fail rate of 0% would be made of nothing.
 */
function incidentSources(routes: IncidentRoutes, read: ReadonlySet<string>): (repo: string) => boolean {
  const writing = new Set(routes.homes.map(ownerOf));
  return (repo) => routes.of(repo).length > 0 || (read.has(repo) && writing.has(ownerOf(repo)));
}

/** `github.com/acme` of `github.com/acme/shop`. */
function ownerOf(repo: string): string {
  return repo.slice(0, Math.max(0, repo.lastIndexOf('/')));
}
