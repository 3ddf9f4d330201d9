import type { CountsOnce, Dimension, Exclusion } from '../metric.ts';

/** What the metrics of incidents say alike. */
export const incidentWords = {
  grain: 'one incident and repository that it is about',
  dimensions: [
    'repo',
    'service',
    'team',
    'team_group',
    'environment',
    'severity',
  ] as const satisfies readonly Dimension[],
  requires: ['github.incidents | import.incidents'] as const,
} as const;

/** An incident about several repositories has a row for each, and is one incident. */
export const oncePerIncident = {
  key: ['home_repo', 'incident_id'],
  variesBy: ['organisation', 'repo', 'service', 'team', 'team_group'],
  markers: [{ column: 'is_primary', by: [] }],
  prefer: ['is_secondary', 'repo'],
} as const satisfies CountsOnce;

export const unwrittenIncidents: Exclusion = {
  what: 'incidents that nobody wrote down',
  why: 'nothing can be known of them',
  howToSee: 'the configuration incidents: which issues count as incidents, and which systems are imported',
};
