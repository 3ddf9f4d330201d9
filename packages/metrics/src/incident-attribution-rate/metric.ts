import { defineMetric } from '../metric.ts';
import { incidentWords, oncePerIncident, unwrittenIncidents } from '../wording/incidents.ts';

export const metric = defineMetric({
  id: 'incident_attribution_rate',
  category: 'data-quality',
  title: 'Incident attribution rate',
  description: 'The share of incidents of which it is known which service they hit.',
  source: 'Bellwether’s own: an incident of no service belongs to no team and is held against no deployment.',
  unit: 'ratio',
  direction: 'higher-is-better',
  grain: incidentWords.grain,
  at: 'when the incident was opened',
  aggregate: { kind: 'ratio', numerator: 'incidents with a service', denominator: 'incidents' },
  countsOnce: oncePerIncident,
  dimensions: incidentWords.dimensions,
  gaps: {},
  basis: {
    deployment: 'a deployment is known to have caused it',
    service: 'no deployment is known to have caused it',
  },
  exclusions: [unwrittenIncidents],
  coverage: 'always whole: each incident is one row with a value',
  drillDown: ['incident_id', 'home_repo', 'deployment_id'],
  requires: incidentWords.requires,
  howItMisleads: [
    'In a repository with one service every incident is that service’s, right or wrong.',
    'A service that is named wrongly counts as known.',
  ],
});
