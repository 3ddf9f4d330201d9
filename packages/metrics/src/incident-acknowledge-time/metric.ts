import { defineMetric } from '../metric.ts';
import { incidentWords, oncePerIncident } from '../wording/incidents.ts';

export const metric = defineMetric({
  id: 'incident_acknowledge_time',
  category: 'operations',
  title: 'Incident acknowledge time',
  description: 'How long an incident waits until somebody says that they are at it.',
  source:
    'Bellwether’s own, as systems for calling people out define it (mean time to acknowledge), with a median.',
  unit: 'seconds',
  direction: 'lower-is-better',
  grain: incidentWords.grain,
  at: 'when it was acknowledged, so that a finished period never changes; what is not stands at its opening',
  aggregate: { kind: 'distribution' },
  countsOnce: oncePerIncident,
  hasBusinessHours: true,
  dimensions: incidentWords.dimensions,
  gaps: {
    open: 'nobody has said yet that they are at it',
    'not-recorded': 'it is over, and nobody wrote down when somebody began',
    negative: 'it is dated before the opening',
  },
  pending: { gaps: ['open'], since: 'opened_at' },
  basis: {},
  exclusions: [
    {
      what: 'incidents that nobody has acknowledged: counted, without a value',
      why: 'their time is not over, or not known',
      howToSee: "metrics.incident_acknowledge_time, where gap in ('open', 'not-recorded')",
    },
  ],
  coverage:
    'of the incidents that were acknowledged in the period, or were opened in it and have no known time: those with one',
  drillDown: ['incident_id', 'home_repo', 'opened_at'],
  requires: incidentWords.requires,
  howItMisleads: [
    'An issue has no acknowledgement unless its source says so: for many sources it stays empty.',
    'An incident that is opened by the person who found it is acknowledged at once.',
    'Business hours hide what happens at night. Look at the wall clock first: users do.',
    'The median of three incidents is one of them: look at n.',
  ],
});
