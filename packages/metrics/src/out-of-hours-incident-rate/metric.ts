import { defineMetric } from '../metric.ts';
import { incidentWords, oncePerIncident } from '../wording/incidents.ts';

export const metric = defineMetric({
  id: 'out_of_hours_incident_rate',
  category: 'operations',
  title: 'Out-of-hours incident rate',
  description:
    'The share of incidents that were opened outside of the business hours of the team that owns the service.',
  source: 'Bellwether’s own. A load that people carry in the night is not seen in any other figure.',
  unit: 'ratio',
  direction: 'lower-is-better',
  grain: incidentWords.grain,
  at: 'when the incident was opened',
  aggregate: { kind: 'ratio', numerator: 'incidents out of hours', denominator: 'incidents' },
  countsOnce: oncePerIncident,
  dimensions: incidentWords.dimensions,
  gaps: {},
  basis: {},
  exclusions: [
    {
      what: 'how long somebody was at it, and whether anybody was woken',
      why: 'no source says so',
      howToSee: 'the metric incident_resolve_time, with both clocks',
    },
  ],
  coverage: 'always whole: each incident is one row with a value',
  drillDown: ['incident_id', 'home_repo'],
  requires: incidentWords.requires,
  howItMisleads: [
    'A week has 168 hours and 40 of them are business hours: 76% out of hours is what chance alone would give.',
    'Where no team owns the service, the time zone and hours of the organisation stand in.',
    'A public holiday is a business day unless `businessHours.holidays` lists it, and that list is one for all teams.',
    'An incident that is written down on Monday, of a failure on Saturday, counts as Monday’s.',
  ],
});
