import { pathMatcher } from '@bellwether/core';
import type { FlowInput } from './flow-input.ts';

/** Files of a pull request; null where they are not known. */
export interface TouchedFiles {
  paths: readonly string[] | null;
  /** There are more files than `paths` has. */
  isCut: boolean;
}

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
  const globbed = services
    .filter(({ path_globs }) => path_globs.length > 0)
    .map(({ service, path_globs }) => ({ service, matches: pathMatcher(path_globs) }));
  const claimed = new Set(globbed.map(({ service }) => service));
  const all = [...new Set([...services.map(({ service }) => service), ...released])].sort();
  const unclaimed = all.filter((service) => !claimed.has(service));
  return ({ paths, isCut }) => {
    const owners = globbed
      .filter(({ matches }) => paths?.some((path) => matches(path)) === true)
      .map(({ service }) => service)
      .sort();
    if (owners.length > 0) return owners;
    if (paths === null || isCut) return all.length < 2 ? all : null;
    return unclaimed.length < 2 && (unclaimed.length > 0 || all.length === 0) ? unclaimed : null;
  };
}

const WITHHELD = '(withheld)';

/** A choice as columns: each name as it may be shown, and the one that stands for all. */
export function shownServices(
  names: readonly string[] | null,
  isWithheld: (service: string) => boolean,
): { service: string; services: string[] } {
  if (names === null) return { service: '(unattributed)', services: [] };
  const services = [...new Set(names.map((name) => (isWithheld(name) ? WITHHELD : name)))].sort();
  return { service: names.length > 1 ? '(several)' : (services[0] ?? ''), services };
}
