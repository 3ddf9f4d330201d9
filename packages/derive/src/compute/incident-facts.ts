import type { IncidentFactRow } from '@bellwether/warehouse';
import type { DomainIncident } from '../incident-routes.ts';
import type { TeamDirectory } from '../team-directory.ts';
import { businessSeconds, type WorkingCalendar } from '../working-time/index.ts';
import { type Cause, type CauseInput, causeOf, firstReleaseHit } from './incident-causes.ts';
import type { ServiceOwners } from './service-owners.ts';

export interface IncidentInput extends CauseInput {
  incidents: readonly DomainIncident[];
  owners: ServiceOwners;
  directory: TeamDirectory;
  calendarOf: (timeZone: string) => WorkingCalendar;
}

/** One row per incident that this repository is about, with its clocks and what is known of its cause. */
export function computeIncidents(input: IncidentInput): IncidentFactRow[] {
  return input.incidents.filter(({ is_about }) => is_about).map((incident) => toRow(incident, input));
}

function toRow(incident: DomainIncident, input: IncidentInput): IncidentFactRow {
  const { incident_id, opened_at, acknowledged_at, resolved_at, severity } = incident;
  const cause = causeOf(incident, input);
  const line = cause.how === 'named' || cause.how === 'window' ? cause.place.line : undefined;
  const service = incident.service === '' ? (line?.service ?? onlyService(input)) : incident.service;
  const zone = input.directory.timeZoneOf(input.owners.ownerOf(service), opened_at);
  const calendar = input.calendarOf(zone);
  const acknowledged = clock(opened_at, acknowledged_at, calendar);
  const resolved = clock(opened_at, resolved_at, calendar);
  return {
    repo: input.repo,
    incident_id,
    home_repo: incident.repo,
    is_primary: incident.is_primary,
    service,
    ...input.owners.labelOf(service, opened_at),
    environment: incident.environment === '' ? (line?.environment ?? '') : incident.environment,
    severity,
    opened_at,
    acknowledged_at,
    resolved_at,
    acknowledge_seconds: acknowledged.seconds,
    acknowledge_business_seconds: acknowledged.business,
    acknowledge_gap: acknowledgeGap(incident),
    resolve_seconds: resolved.seconds,
    resolve_business_seconds: resolved.business,
    resolve_gap: resolved_at === null ? 'open' : resolved_at < opened_at ? 'negative' : '',
    ...blame(cause, incident, input),
    is_out_of_hours: !calendar.isWorkingTime(opened_at),
  };
}

/** Wall clock and business hours from the opening; null where the end is missing or lies before it. */
function clock(
  from: number,
  to: number | null,
  calendar: WorkingCalendar,
): { seconds: number | null; business: number | null } {
  if (to === null || to < from) return { seconds: null, business: null };
  return { seconds: Math.floor((to - from) / 1000), business: businessSeconds(from, to, calendar) };
}

function acknowledgeGap({
  opened_at,
  acknowledged_at,
  resolved_at,
}: DomainIncident): IncidentFactRow['acknowledge_gap'] {
  if (acknowledged_at === null) return resolved_at === null ? 'open' : 'not-recorded';
  return acknowledged_at < opened_at ? 'negative' : '';
}

type Blame = Pick<IncidentFactRow, 'is_change_caused' | 'cause_gap' | 'evidence' | 'deployment_id'>;

/** Whether a change caused it. That nothing was deployed within the window before it says that none did. */
function blame(cause: Cause, incident: DomainIncident, input: IncidentInput): Blame {
  const unknown = (cause_gap: Blame['cause_gap']): Blame => ({
    is_change_caused: null,
    cause_gap,
    evidence: '',
    deployment_id: '',
  });
  const isRuled = incident.ruled_cause !== null;
  switch (cause.how) {
    case 'named':
    case 'window': {
      const named = isRuled ? 'override' : 'incident';
      return {
        is_change_caused: true,
        cause_gap: '',
        evidence: cause.how === 'window' ? 'incident-window' : named,
        deployment_id: cause.place.release.deployment_id,
      };
    }
    case 'unresolved':
    case 'homeless':
      return unknown('no-cause-found');
    case 'none': {
      if (isRuled) return { is_change_caused: false, cause_gap: '', evidence: 'override', deployment_id: '' };
      if (incident.caused_by !== null) return unknown('no-cause-found');
      const first = firstReleaseHit(incident, input);
      if (first === null || incident.opened_at < first) return unknown('no-deployment-known');
      return { is_change_caused: false, cause_gap: '', evidence: 'incident-window', deployment_id: '' };
    }
  }
}

function onlyService({ lines }: IncidentInput): string {
  const [only = '', ...others] = new Set(lines.map(({ service }) => service));
  return others.length === 0 ? only : '';
}
