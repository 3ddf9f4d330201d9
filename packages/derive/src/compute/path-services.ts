import type { DomainService } from '../domain-snapshot.ts';
import { pathOwners } from './path-owners.ts';

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
  const byPath = pathOwners(services);
  const unclaimed = names.filter((name) => !byPath.claimed.has(name));
  return (directory) => {
    if (directory === '/') return names;
    const owners = byPath.of([`${directory}/any`]);
    return owners.length > 0 ? owners : unclaimed;
  };
}

/** The directory that a glob begins in: `packages/api` of `packages/api/**`; '' for one that begins with a wildcard. */
export function globRoot(glob: string): string {
  const parts = glob.split('/');
  const wild = parts.findIndex((part) => /[*?[\]{}!]/.test(part));
  return (wild === -1 ? parts.slice(0, -1) : parts.slice(0, wild)).join('/');
}
