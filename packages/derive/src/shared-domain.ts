import {
  codeOwners,
  cursors,
  deployments,
  incidents,
  overrides,
  services,
  type TeamMemberRow,
  teamMembers,
  type TeamRow,
  teams,
  type TeamSettingRow,
  teamSettings,
  type Warehouse,
} from '@bellwether/warehouse';
import {
  type DomainIncident,
  incidentColumns,
  type IncidentRoutes,
  routeIncidents,
} from './incident-routes.ts';
import { CATCH_ALL } from './compute/repository-facts.ts';
import { type TeamDirectory, teamDirectory, type TeamRules } from './team-directory.ts';

export type DomainTeamSetting = TeamSettingRow;
export type DomainMembership = TeamMemberRow;
export type DomainTeam = Pick<TeamRow, 'team' | 'name' | 'parent_team'>;

/**
 * What belongs to no repository, or to another one than it is about. It is read once for all repositories: a few
 * thousand rows, where a query for each of them would cost seconds to find nothing new.
 */
export interface SharedDomain {
  incidentsOf: (repo: string) => readonly DomainIncident[];
  hasIncidentSource: (repo: string) => boolean;
  /** What sources read of a repository at least once: streams such as `branch-rules`. */
  streamsOf: (repo: string) => ReadonlySet<string>;
  memberships: readonly DomainMembership[];
  teams: readonly DomainTeam[];
  settings: readonly DomainTeamSetting[];
  directory: TeamDirectory;
  /** Owners of the services of a repository as the catalogue has them, and who CODEOWNERS gives everything to. */
  ownersOf: (repo: string) => readonly string[];
}

export async function readSharedDomain(
  warehouse: Warehouse,
  repos: readonly string[],
  rules: TeamRules,
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
  const streams = new Map<string, Set<string>>();
  for (const { key, stream } of await warehouse.readRows(cursors, ['key', 'stream'])) {
    streams.set(key, (streams.get(key) ?? new Set()).add(stream));
  }
  const records = {
    memberships: await warehouse.readRows(teamMembers, ['team', 'person_key', 'valid_from', 'valid_to']),
    teams: await warehouse.readRows(teams, ['team', 'name', 'parent_team']),
    settings: await warehouse.readRows(teamSettings, settingColumns),
  };
  const owners = new Map<string, string[]>();
  for (const { repo, owner_team } of [...catalogue, ...(await readCatchAllOwners(warehouse))]) {
    owners.set(repo, [...(owners.get(repo) ?? []), owner_team]);
  }
  return {
    incidentsOf: (repo) => routes.of(repo),
    hasIncidentSource: incidentSources(routes, (repo) => streams.get(repo)?.has('incidents') === true),
    streamsOf: (repo) => streams.get(repo) ?? nothingRead,
    ...records,
    directory: teamDirectory(records, rules),
    ownersOf: (repo) => owners.get(repo) ?? [],
  };
}

const nothingRead: ReadonlySet<string> = new Set();
const settingColumns = ['team', 'valid_from', 'valid_to', 'team_group', 'time_zone'] as const;

/** Teams, as `catchAllOwner` may choose one of them. */
async function readCatchAllOwners(warehouse: Warehouse): Promise<{ repo: string; owner_team: string }[]> {
  const rows = await warehouse.readRows(codeOwners, ['repo', 'owners'], {
    sql: 'pattern IN {patterns:Array(String)}',
    params: { patterns: CATCH_ALL },
  });
  return rows.flatMap(({ repo, owners }) =>
    owners.flatMap((owner) => (owner.startsWith('team:') ? { repo, owner_team: owner.slice(5) } : [])),
  );
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
function incidentSources(
  routes: IncidentRoutes,
  wasRead: (repo: string) => boolean,
): (repo: string) => boolean {
  const writing = new Set(routes.homes.map(ownerOf));
  return (repo) => routes.of(repo).length > 0 || (wasRead(repo) && writing.has(ownerOf(repo)));
}

/** `github.com/acme` of `github.com/acme/shop`. */
function ownerOf(repo: string): string {
  return repo.slice(0, Math.max(0, repo.lastIndexOf('/')));
}
