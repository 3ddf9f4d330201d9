import { pathMatcher } from '@bellwether/core';
import type { ChangeDeploymentRow } from '@bellwether/warehouse';
import type { DomainService } from '../domain-snapshot.ts';
import type { Change } from './change.ts';

export interface Attribution {
  how: ChangeDeploymentRow['attribution'];
  /** The services that the change belongs to; for `first-deployment` those among which the first release decides. */
  services: ReadonlySet<string>;
  /** Whose it is whether released or not, in order of names; null where it may be any of several. */
  belongsTo: readonly string[] | null;
}

/**
 * Decides which services of a repository a change belongs to.
 *
 * The path globs of the catalogue decide, if the files of the change are known: what only a service without releases
 * claims belongs to none that has some. What no glob claims belongs to the services without globs: to the one there
 * is, or, where several cannot be told apart, once to whichever of them released it first.
 *
 * Of a list of files that was cut, what it has counts: a service whose files are in it did get the change, though
 * others may have as well. Where none is in it, nothing can be told.
 *
 * @param released the services that have releases
 */
export function attributor(
  released: ReadonlySet<string>,
  catalogue: readonly DomainService[],
): (change: Change) => Attribution {
  const globbed = catalogue
    .filter(({ path_globs }) => path_globs.length > 0)
    .map(({ service, path_globs }) => ({ service, matches: pathMatcher(path_globs) }));
  const claimed = new Set(globbed.map(({ service }) => service));
  const unclaimed = new Set([...released].filter((service) => !claimed.has(service)));
  const names = catalogue.map(({ service }) => service);
  const anyone = soleOwner(released, names);
  const noGlobOwner = soleOwner(
    unclaimed,
    names.filter((service) => !claimed.has(service)),
  );
  return ({ paths, isPathListCut }) => {
    const owners = globbed
      .filter(({ matches }) => paths?.some((path) => matches(path)) === true)
      .map(({ service }) => service)
      .sort();
    if (paths === null || (isPathListCut && owners.length === 0)) {
      const how = released.size < 2 ? 'only-service' : 'first-deployment';
      return { how, services: released, belongsTo: anyone };
    }
    if (owners.length > 0) {
      const services = new Set(owners.filter((name) => released.has(name)));
      return { how: 'paths', services, belongsTo: owners };
    }
    const how = unclaimed.size < 2 ? 'only-service' : 'first-deployment';
    return { how, services: unclaimed, belongsTo: noGlobOwner };
  };
}

/** The one service with releases; where there is none, the one of the catalogue. */
function soleOwner(released: ReadonlySet<string>, known: readonly string[]): readonly string[] | null {
  const candidates = released.size > 0 ? [...released] : known;
  return candidates.length < 2 ? candidates : null;
}
