import { pathMatcher } from '@bellwether/core';
import type { ChangeDeploymentRow } from '@bellwether/warehouse';
import type { DomainService } from '../domain-snapshot.ts';
import type { Change } from './change.ts';

export interface Attribution {
  how: ChangeDeploymentRow['attribution'];
  /** The services that the change belongs to; for `first-deployment` those among which the first release decides. */
  services: ReadonlySet<string>;
}

/**
 * Decides which services of a repository a change belongs to.
 *
 * With one service there is nothing to decide. In a monorepo the path globs of the catalogue decide, if the files of
 * the change are known. Services without globs cannot be told apart: a change that no glob claims then counts once,
 * for whichever of them released it first.
 *
 * @param released the services that have releases
 */
export function attributor(
  released: ReadonlySet<string>,
  catalogue: readonly DomainService[],
): (change: Change) => Attribution {
  if (released.size < 2) return () => ({ how: 'only-service', services: released });
  const globbed = catalogue
    .filter(({ service, path_globs }) => released.has(service) && path_globs.length > 0)
    .map(({ service, path_globs }) => ({ service, matches: pathMatcher(path_globs) }));
  const claimed = new Set(globbed.map(({ service }) => service));
  const unclaimed = new Set([...released].filter((service) => !claimed.has(service)));
  return ({ paths }) => {
    if (paths === null) return { how: 'first-deployment', services: released };
    const services = globbed.filter(({ matches }) => paths.some(matches)).map(({ service }) => service);
    if (services.length > 0) return { how: 'paths', services: new Set(services) };
    return { how: 'first-deployment', services: unclaimed };
  };
}
