import { pathMatcher } from '@bellwether/core';
import type { DomainService } from '../domain-snapshot.ts';

/** What the catalogue says of where a service lives. */
export type ServicePaths = Pick<DomainService, 'service' | 'path_globs'>;

/** Which services claim paths of their own, and which of them a list of files belongs to. */
export interface PathOwners {
  claimed: ReadonlySet<string>;
  /** In order of names; empty where no glob matches. */
  of: (paths: readonly string[]) => readonly string[];
}

/** The path globs of the catalogue. */
export function pathOwners(services: readonly ServicePaths[]): PathOwners {
  const globbed = services
    .filter(({ path_globs }) => path_globs.length > 0)
    .map(({ service, path_globs }) => ({ service, matches: pathMatcher(path_globs) }));
  return {
    claimed: new Set(globbed.map(({ service }) => service)),
    of: (paths) =>
      globbed
        .filter(({ matches }) => paths.some((path) => matches(path)))
        .map(({ service }) => service)
        .sort(),
  };
}
