import type { DomainSnapshot } from '../domain-snapshot.ts';
import { globRoot, pathServices } from './path-services.ts';
import type { KnowledgeInput } from './path-knowledge.ts';
import { owningTeam, type RepositoryInput } from './repository-facts.ts';
import type { ServiceOwners } from './service-owners.ts';

/**
 * Everything that places a repository and its paths: services, owners, standards.
 *
 * @param released services that have releases, whether the catalogue knows them or not
 * @param timeZone of the organisation
 */
export function catalogueOf(
  { repo, defaultBranch, standards, services, directory }: DomainSnapshot,
  released: ReadonlySet<string>,
  owners: ServiceOwners,
  timeZone: string,
): Omit<KnowledgeInput, 'changes'> & RepositoryInput {
  const names = [...new Set([...services.map(({ service }) => service), ...released])].sort();
  const place = { repo, defaultBranch, standards, directory, owners, services: names };
  return {
    ...place,
    timeZone,
    owningTeam: owningTeam(place),
    servicesAt: pathServices(services, names),
    servicePaths: services.flatMap(({ path_globs }) => path_globs.map(globRoot)),
  };
}
