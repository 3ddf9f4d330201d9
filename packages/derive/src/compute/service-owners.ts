import { type Instant, WITHHELD } from '@bellwether/core';
import type { DomainService } from '../domain-snapshot.ts';
import type { TeamDirectory } from '../team-directory.ts';

/** Stands for the services of what may belong to any of several. */
export const UNATTRIBUTED = '(unattributed)';

/** A row's service and team as they may be shown. */
export interface OwnerLabel {
  team: string;
  team_group: string;
  /** Too few people stand behind the service. */
  is_service_withheld: boolean;
}

export interface ServiceOwners {
  /** The team that owns a service, as it is called elsewhere; '' for nobody. */
  ownerOf: (service: string) => string;
  labelOf: (service: string, at: Instant) => OwnerLabel;
  shownService: (service: string, at: Instant) => string;
  /** One name for all services of a thing: the only one, '(several)', or '' for none. */
  shownServices: (services: readonly string[], at: Instant) => { service: string; services: string[] };
}

export function serviceOwners(services: readonly DomainService[], directory: TeamDirectory): ServiceOwners {
  const owners = new Map(
    services.map(({ service, owner_team }) => [service, directory.ownerName(owner_team)]),
  );
  const ownerOf = (service: string): string => owners.get(service) ?? '';
  const shownService = (service: string, at: Instant): string =>
    directory.isWithheld(ownerOf(service), at) ? WITHHELD : service;
  return {
    ownerOf,
    shownService,
    labelOf(service, at) {
      const owner = ownerOf(service);
      return { ...directory.labelOf(owner, at), is_service_withheld: directory.isWithheld(owner, at) };
    },
    shownServices: (all, at) => shownServices(all, (service) => directory.isWithheld(ownerOf(service), at)),
  };
}

/** The services of a thing, each as it may be shown, and the one name that stands for all of them. */
export function shownServices(
  all: readonly string[],
  isWithheld: (service: string) => boolean,
): { service: string; services: string[] } {
  const services = [...new Set(all.map((service) => (isWithheld(service) ? WITHHELD : service)))].sort();
  return { service: all.length > 1 ? '(several)' : (services[0] ?? ''), services };
}
