import type { Config } from '@bellwether/core';
import { type DeploymentRow, repositories, type Warehouse } from '@bellwether/warehouse';
import { serviceNamer } from '../git/service-name.ts';
import { environmentKinds } from '../github/deployments/environment-kind.ts';

/** Where imported things belong: repositories, services and kinds of environments by their names. */
export interface Places {
  /** The repository that a name means; null where it could be none or several. */
  repoOf(name: string): string | null;
  /** The only repository whose catalogue holds the service; null where there is none or more than one. */
  repoOfService(service: string): string | null;
  /** The catalogue's name for a service; without a name the repository's own. */
  serviceOf(repo: string, name: string | undefined): string;
  environmentKindOf(environment: string): DeploymentRow['environment_kind'];
}

/** Looks at what is known once, so that lines are mapped without a query each. */
export async function readPlaces(stored: Pick<Warehouse, 'readRows'>, config: Config): Promise<Places> {
  const rows = await stored.readRows(repositories, ['repo']);
  return placesOf(
    rows.map(({ repo }) => repo),
    config,
  );
}

/** @param known names of the repositories that were collected */
function placesOf(known: readonly string[], config: Config): Places {
  const all = [...new Set([...known, ...config.services.map(({ repo }) => repo)])];
  const host = new URL(config.github.url).hostname;
  const kindOf = environmentKinds(config);
  const found = new Map<string, string | null>();
  return {
    repoOf(name) {
      const remembered = found.get(name);
      if (remembered !== undefined) return remembered;
      const repo = findRepository(name, all, host);
      found.set(name, repo);
      return repo;
    },
    repoOfService(service) {
      const repos = new Set(
        config.services.filter((each) => isCalled(each, service)).map(({ repo }) => repo),
      );
      const [only] = repos;
      return repos.size === 1 && only !== undefined ? only : null;
    },
    serviceOf: (repo, name) => serviceNamer(repo, config)(name ?? null),
    environmentKindOf: kindOf,
  };
}

function isCalled(service: Config['services'][number], name: string): boolean {
  return service.name === name || service.releases.includes(name);
}

/** A name as it is, in another spelling, or its end (`shop`, `acme/shop`); `owner/name` is GitHub's when unknown. */
function findRepository(name: string, known: readonly string[], host: string): string | null {
  const wanted = name.toLowerCase();
  const matches = known.filter((repo) => repo.toLowerCase() === wanted);
  const endings = known.filter((repo) => repo.toLowerCase().endsWith(`/${wanted}`));
  const [match, other] = matches.length > 0 ? matches : endings;
  if (match !== undefined) return other === undefined ? match : null;
  if (/^[\w.-]+\/[\w.-]+$/.test(name)) return name.startsWith('local/') ? name : `${host}/${name}`;
  return /^[\w.-]+(?:\/[\w.-]+){2,}$/.test(name) ? name : null;
}
