import type { TouchedFiles } from '../compute/attribution.ts';
import { pathOwners } from '../compute/path-owners.ts';
import type { FlowInput } from './flow-input.ts';

/** The services that a pull request belongs to; null where that cannot be told. */
export type ServiceChoice = (files: TouchedFiles) => readonly string[] | null;

/**
 * Path globs of the catalogue decide. What none of them claims belongs to the service without globs, if there is just
 * one. Unlike for deployments a service needs no release to have pull requests, and the first release decides nothing.
 */
export function serviceChoice({
  services,
  released,
}: Pick<FlowInput, 'services' | 'released'>): ServiceChoice {
  const byPath = pathOwners(services);
  const all = [...new Set([...services.map(({ service }) => service), ...released])].sort();
  const unclaimed = all.filter((service) => !byPath.claimed.has(service));
  return ({ paths, isPathListCut }) => {
    const owners = byPath.of(paths ?? []);
    if (owners.length > 0) return owners;
    if (paths === null || isPathListCut) return all.length < 2 ? all : null;
    return unclaimed.length < 2 && (unclaimed.length > 0 || all.length === 0) ? unclaimed : null;
  };
}
