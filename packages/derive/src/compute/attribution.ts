import type { ChangeDeploymentRow } from '@bellwether/warehouse';
import type { Change } from './change.ts';
import { pathOwners, type ServicePaths } from './path-owners.ts';

/** Files of a change or pull request; null where they are not known. */
export type TouchedFiles = Pick<Change, 'paths' | 'isPathListCut'>;

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
  catalogue: readonly ServicePaths[],
): (files: TouchedFiles) => Attribution {
  const byPath = pathOwners(catalogue);
  const { claimed } = byPath;
  const unclaimed = new Set([...released].filter((service) => !claimed.has(service)));
  const names = catalogue.map(({ service }) => service);
  const anyone = soleOwner(released, names);
  const noGlobOwner = soleOwner(
    unclaimed,
    names.filter((service) => !claimed.has(service)),
  );
  return ({ paths, isPathListCut }) => {
    const owners = byPath.of(paths ?? []);
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
