import type { Instant } from '@bellwether/core';
import type { ServiceOwners } from '../compute/service-owners.ts';
import type { TeamDirectory } from '../team-directory.ts';

/** What may be shown of who owns a repository, from an instant on. */
export interface OwnershipStep {
  repo: string;
  since: Instant;
  service: string;
  team: string;
  team_group: string;
}

/**
 * The labels of everything that belongs to the repository as a whole, as its builds do, one step for each time that
 * they change.
 *
 * @param services those of the catalogue, and those that have releases
 */
export function ownershipSteps(
  repo: string,
  services: readonly string[],
  owners: ServiceOwners,
  owningTeam: string,
  directory: TeamDirectory,
): OwnershipStep[] {
  const teams = new Set([owningTeam, ...services.map(owners.ownerOf)]);
  const instants = new Set([...teams].flatMap((team) => directory.changesOf(team)));
  const steps = [...instants]
    .sort((a, b) => a - b)
    .map((since): OwnershipStep => ({
      repo,
      since: Math.max(since, 0),
      service: owners.shownServices(services, since).service,
      ...directory.labelOf(owningTeam, since),
    }));
  // Several can begin before 1970; of those the last one holds from there on.
  return steps.filter(({ since }, index) => steps[index + 1]?.since !== since);
}
