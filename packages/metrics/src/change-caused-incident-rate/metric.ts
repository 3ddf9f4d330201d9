import { defineMetric } from '../metric.ts';
import { incidentWords, oncePerIncident } from '../wording/incidents.ts';
import { deploymentStreams } from '../wording/deployments.ts';

export const metric = defineMetric({
  id: 'change_caused_incident_rate',
  category: 'operations',
  title: 'Change-caused incident rate',
  description: 'The share of incidents that a deployment caused, of those of which that can be told.',
  source:
    'Bellwether’s own. It is the change fail rate seen from the other side: incidents are counted, not deployments.',
  unit: 'ratio',
  direction: 'lower-is-better',
  grain: incidentWords.grain,
  at: 'when the incident was opened',
  aggregate: {
    kind: 'ratio',
    numerator: 'incidents that a deployment caused',
    denominator: 'incidents that could be judged',
  },
  countsOnce: oncePerIncident,
  dimensions: incidentWords.dimensions,
  gaps: {
    'no-deployment-known':
      'no deployment of the service is known from before it, so nothing could be found to blame',
    'no-cause-found': 'it names a cause that is no known deployment, or it is not known which service it hit',
  },
  basis: {
    override: 'somebody ruled on it',
    incident: 'the incident names the deployment',
    'incident-window':
      'whether the service was deployed within the configured window before it: a guess, both ways',
  },
  exclusions: [
    {
      what: 'incidents that nothing could judge: counted, without a value',
      why: 'not known is not no',
      howToSee: "metrics.change_caused_incident_rate, where gap != ''",
    },
  ],
  coverage: 'of the incidents of the period: those of which it can be told',
  drillDown: ['incident_id', 'home_repo', 'deployment_id'],
  requires: [...incidentWords.requires, deploymentStreams],
  howItMisleads: [
    'Most verdicts rest on closeness in time: `basis` tells how many. A change that does harm after the window looks ' +
      'innocent, and one that was merely there looks guilty.',
    'A service that deploys hourly always has a deployment within the window.',
    'The window is a setting (incidents.windowHours): a wider one raises the rate.',
  ],
});
