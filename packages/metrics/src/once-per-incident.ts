import type { CountsOnce } from './metric.ts';

/** An incident about several repositories has a row for each, and is one incident. */
export const oncePerIncident = {
  key: ['home_repo', 'incident_id'],
  variesBy: ['organisation', 'repo', 'service', 'team', 'team_group'],
  markers: [{ column: 'is_primary', by: [] }],
  prefer: ['is_secondary', 'repo'],
} as const satisfies CountsOnce;
