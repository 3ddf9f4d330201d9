import type { IncidentFactRow } from '@bellwether/warehouse';

/** An open incident of the service `shop` within business hours, of which nobody knows the cause. */
export function incidentFact(
  row: Partial<IncidentFactRow> & Pick<IncidentFactRow, 'incident_id' | 'opened_at'>,
): IncidentFactRow {
  const { repo = 'host/owner/shop' } = row;
  return {
    repo,
    home_repo: repo,
    is_primary: true,
    service: 'shop',
    is_service_withheld: false,
    team: '',
    team_group: '',
    environment: 'production',
    severity: 'high',
    acknowledged_at: null,
    resolved_at: null,
    acknowledge_seconds: null,
    acknowledge_business_seconds: null,
    acknowledge_gap: 'open',
    resolve_seconds: null,
    resolve_business_seconds: null,
    resolve_gap: 'open',
    is_change_caused: null,
    cause_gap: 'no-cause-found',
    evidence: '',
    deployment_id: '',
    is_out_of_hours: false,
    ...row,
  };
}
