import { defineMetric } from '../metric.ts';
import { incidentWords, oncePerIncident, unwrittenIncidents } from '../wording/incidents.ts';

export const metric = defineMetric({
  id: 'incidents',
  category: 'operations',
  title: 'Incidents',
  description: 'How often something in production needed somebody at once, by severity.',
  source: 'Bellwether’s own. What an incident is, is said by whoever reports one.',
  unit: 'incidents',
  direction: 'lower-is-better',
  grain: incidentWords.grain,
  at: 'when the incident was opened',
  aggregate: { kind: 'count' },
  countsOnce: oncePerIncident,
  dimensions: incidentWords.dimensions,
  gaps: {},
  basis: {
    open: 'it is not over yet',
    resolved: 'it is over',
  },
  exclusions: [unwrittenIncidents],
  coverage: 'always whole: each incident is one row with a value',
  drillDown: ['incident_id', 'home_repo'],
  requires: incidentWords.requires,
  howItMisleads: [
    'Fewer incidents can mean fewer failures, or fewer people who write them down.',
    'Weeks before the first known incident are null and not zero: a system that was connected late looks like peace.',
    'Severities are words of whoever reports, and mean what they mean there.',
    'An incident of which no service is known belongs to no team: read it beside incident_attribution_rate.',
  ],
});
