import type { ReportScope } from '@bellwether/metrics';
import { repositories, repositoryFacts, type Warehouse } from '@bellwether/warehouse';

/**
 * The repositories that a scope is made from: for a group or team those that it owns, for a service those it lives in.
 *
 * @returns null for the whole company: all, and what belongs to no repository
 */
export async function repositoriesBehind(warehouse: Warehouse, scope: ReportScope): Promise<string[] | null> {
  const { organisation, repo, team, team_group, service } = scope;
  if ([organisation, repo, team, team_group, service].every((names) => names === undefined)) return null;
  if (repo !== undefined) return [...repo];
  const isOfOwner = team !== undefined || team_group !== undefined || service !== undefined;
  const known = isOfOwner
    ? await warehouse.readRows(repositoryFacts, ['repo'], {
        sql: `({anyTeam:Bool} OR team IN {teams:Array(String)})
          AND ({anyGroup:Bool} OR team_group IN {groups:Array(String)})
          AND ({anyService:Bool} OR hasAny(services, {services:Array(String)}) OR service IN {services:Array(String)})`,
        params: {
          anyTeam: team === undefined,
          teams: team ?? [],
          anyGroup: team_group === undefined,
          groups: team_group ?? [],
          anyService: service === undefined,
          services: service ?? [],
        },
      })
    : await warehouse.readRows(repositories, ['repo']);
  return known
    .map((row) => row.repo)
    .filter((name) => organisation === undefined || organisation.some((each) => name.startsWith(`${each}/`)));
}
