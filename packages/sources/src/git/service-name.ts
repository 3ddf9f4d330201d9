import type { Config } from '@bellwether/core';

/** Says which service a name stands for; null: no name was given, so the repository itself. */
export type ServiceNamer = (name: string | null) => string;

/**
 * The one place that names services, whatever announced a release: the catalogue's service that releases under this
 * name, else the name itself. Without a name it is the repository: the only service of the catalogue there, else its
 * last part.
 */
export function serviceNamer(repo: string, config: Pick<Config, 'services'>): ServiceNamer {
  const catalogue = config.services.filter((service) => service.repo === repo);
  const ownName = repo.slice(repo.lastIndexOf('/') + 1);
  return (given) => {
    const name = given ?? ownName;
    const named = catalogue.find((service) => service.releases.includes(name) || service.name === name);
    if (named) return named.name;
    return given === null && catalogue.length === 1 ? catalogue[0]!.name : name;
  };
}
