import { pathMatcher } from '@bellwether/core';
import type { DomainService } from '../domain-snapshot.ts';

/**
 * Which services a directory belongs to: those whose globs match what lies in it, else the one service that claims
 * no paths of its own.
 *
 * @param names all services of the repository, the catalogue's and those that have releases
 */
export function pathServices(
  services: readonly DomainService[],
  names: readonly string[],
): (directory: string) => readonly string[] {
  const globbed = services
    .filter(({ path_globs }) => path_globs.length > 0)
    .map(({ service, path_globs }) => ({ service, matches: pathMatcher(path_globs) }));
  const claimed = new Set(globbed.map(({ service }) => service));
  const unclaimed = names.filter((name) => !claimed.has(name));
  return (directory) => {
    if (directory === '/') return names;
    const owners = globbed.filter(({ matches }) => matches(`${directory}/any`)).map(({ service }) => service);
    return owners.length > 0 ? owners : unclaimed;
  };
}

/** The directory that a glob begins in: `packages/api` of `packages/api/**`; '' for one that begins with a wildcard. */
export function globRoot(glob: string): string {
  const parts = glob.split('/');
  const wild = parts.findIndex((part) => /[*?[\]{}!]/.test(part));
  return (wild === -1 ? parts.slice(0, -1) : parts.slice(0, wild)).join('/');
}
