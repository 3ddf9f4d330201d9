import type { DeploymentOutcomeRow, IncidentFactRow, OverrideRow } from '@bellwether/warehouse';
import { formatDuration } from '../terminal/format.ts';
import { rulingText } from './describe-deployment.ts';
import { instantText } from './instant-text.ts';
import { shownService } from './shown-service.ts';

const causes: Record<Exclude<IncidentFactRow['evidence'], ''>, string> = {
  override: 'a person ruled so',
  incident: 'it names the deployment',
  'incident-window':
    'it names none, and this was the last deployment of its service within the configured window',
};

/** An incident in words: how long it took, and which deployment is held to have caused it. */
export function describeIncident(
  incident: IncidentFactRow,
  cause: DeploymentOutcomeRow | null,
  rulings: readonly OverrideRow[],
): string[] {
  const service = shownService(incident);
  return [
    `${incident.incident_id}: an incident${service === '' ? '' : ` of ${service}`}, opened ${instantText(incident.opened_at)}.`,
    '',
    `Severity: ${incident.severity === '' ? 'not given' : incident.severity}. ${incident.is_out_of_hours ? 'It began out of hours.' : 'It began in business hours.'}`,
    `Acknowledged: ${tookText(incident.acknowledged_at, incident.acknowledge_seconds, 'not recorded')}.`,
    `Resolved: ${tookText(incident.resolved_at, incident.resolve_seconds, 'not yet')}.`,
    ...causeLines(incident, cause),
    ...rulings.map(rulingText),
  ];
}

function tookText(at: number | null, seconds: number | null, missing: string): string {
  if (at === null) return missing;
  return `${instantText(at)}, ${seconds === null ? 'dated before it was opened, so it has no time' : `after ${formatDuration(seconds)}`}`;
}

function causeLines(incident: IncidentFactRow, cause: DeploymentOutcomeRow | null): string[] {
  if (incident.is_change_caused === null) {
    return [
      incident.cause_gap === 'no-deployment-known'
        ? 'Whether a change caused it is unknown: no deployment is known that could have.'
        : 'Whether a change caused it is unknown: nothing points to a deployment.',
    ];
  }
  if (!incident.is_change_caused || incident.evidence === '') return ['No change caused it.'];
  const name = cause === null ? incident.deployment_id : cause.deployment_id;
  return [
    `It is held against ${name}, because ${causes[incident.evidence]}.`,
    `  Next: bellwether explain --entity '${name}'`,
  ];
}
