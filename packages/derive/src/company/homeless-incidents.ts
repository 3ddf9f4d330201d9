import { type FindingRow, type IncidentFactRow, incidentFacts, type Warehouse } from '@bellwether/warehouse';
import { finding } from '../compute/finding-fixes.ts';
import { computeIncidents } from '../compute/incident-facts.ts';
import { serviceOwners } from '../compute/service-owners.ts';
import type { SharedDomain } from '../shared-domain.ts';
import type { WorkingCalendar } from '../working-time/index.ts';
import type { Written } from '../write-facts.ts';

/**
 * Incidents of which nobody knows in which repository they were reported, nor which they are about: an imported one
 * without a service. They count for the organisation all the same.
 */
export function homelessIncidents(
  { incidentsOf, directory }: Pick<SharedDomain, 'incidentsOf' | 'directory'>,
  calendarOf: (timeZone: string) => WorkingCalendar,
): { incidents: IncidentFactRow[]; findings: FindingRow[] } {
  const incidents = computeIncidents({
    repo: '',
    incidents: incidentsOf('').filter(({ is_primary }) => is_primary),
    lines: [],
    find: () => [],
    windowHours: 0,
    owners: serviceOwners([], directory),
    directory,
    calendarOf,
  });
  const findings = incidents.map(({ incident_id, service }) => ({
    repo: '',
    ...finding(
      'incident-without-service',
      incident_id,
      service === ''
        ? 'says neither which service it hit nor what caused it'
        : `hit ${service.slice(0, 200)}, which no repository of the catalogue has`,
      service,
    ),
  }));
  return { incidents, findings };
}

export function writeHomelessIncidents(
  warehouse: Warehouse,
  incidents: readonly IncidentFactRow[],
): Promise<Written> {
  return warehouse.replaceByDifference(incidentFacts, { repo: '' }, incidents);
}
