import { defineMetric } from '../metric.ts';
import { incidentWords, oncePerIncident } from '../wording/incidents.ts';

export const metric = defineMetric({
  id: 'incident_resolve_time',
  category: 'operations',
  title: 'Incident resolve time',
  description: 'How long an incident lasts, whatever caused it.',
  source:
    'Bellwether’s own, as systems for calling people out define it (mean time to resolve), with a median. DORA’s recovery ' +
    'time speaks only of failures that a deployment caused.',
  unit: 'seconds',
  direction: 'lower-is-better',
  grain: incidentWords.grain,
  at: 'when it was resolved, so that a finished period never changes; what is open stands at its opening',
  aggregate: { kind: 'distribution' },
  countsOnce: oncePerIncident,
  hasBusinessHours: true,
  dimensions: incidentWords.dimensions,
  gaps: {
    open: 'it is not over yet',
    negative: 'its end is dated before its opening',
  },
  pending: { gaps: ['open'], since: 'opened_at' },
  basis: {},
  exclusions: [
    {
      what: 'incidents that are still open: counted, without a value',
      why: 'their time is not over',
      howToSee: "metrics.incident_resolve_time, where gap = 'open'",
    },
  ],
  coverage:
    'of the incidents that were resolved in the period, or were opened in it and are still open: those with a known time',
  drillDown: ['incident_id', 'home_repo', 'opened_at'],
  requires: incidentWords.requires,
  howItMisleads: [
    'It ends when somebody closes the incident, which may be days after users were served again.',
    'An incident that nobody closes is open for ever, and never in the median: look at the coverage.',
    'Business hours hide what happens at night. Look at the wall clock first: users do.',
    'The median of three incidents is one of them: look at n.',
  ],
});
