import { defineMetric } from '../metric.ts';
import { commitStreams, deploymentStreams } from '../wording/deployments.ts';

export const metric = defineMetric({
  id: 'failed_deployment_recovery_time',
  category: 'dora',
  title: 'Failed deployment recovery time',
  description:
    'How long it takes to recover from a production deployment that needed immediate intervention: from the start of ' +
    'the failure to the rollback, the fix or the resolved incident.',
  source: 'DORA, definition of 2023 (until then: time to restore service), unchanged since.',
  unit: 'seconds',
  direction: 'lower-is-better',
  grain: 'one failed deployment to a production environment',
  at:
    'when it was recovered: filed under its start, a past period would change with each late recovery. ' +
    'A failure that is still open stands at its start, is counted as open, and never enters the median',
  aggregate: { kind: 'distribution' },
  dimensions: ['repo', 'service', 'team', 'team_group', 'environment'],
  gaps: {
    open: 'not recovered yet',
    'unknown-start': 'when the failure began is not known',
    negative: 'the recovery is dated before the failure',
  },
  pending: { gaps: ['open'], since: 'failed_at' },
  basis: {
    'reverts-and-rollbacks': 'failure and recovery are read from the history: release to release',
    incidents:
      'incidents are written down: those that name or closely follow a deployment tell when it began and ended',
  },
  exclusions: [
    {
      what: 'failures that are still open: counted, without a value',
      why: 'their time is not over',
      howToSee: "metrics.failed_deployment_recovery_time, where gap = 'open'",
    },
    {
      what: 'incidents that no deployment caused',
      why: 'since 2023 the metric speaks of failures caused by change',
      howToSee: 'the metrics incident_resolve_time and change_caused_incident_rate',
    },
  ],
  coverage:
    'of the failures that were recovered in the period or began in it and are still open: those with a known time',
  drillDown: ['deployment_id', 'ref', 'evidence', 'incident_id', 'failed_at', 'recovered_by'],
  requires: [commitStreams, deploymentStreams],
  howItMisleads: [
    'From the history alone it is the time to the next release that mends the failure; a flag switched off within ' +
      'minutes is not seen. No DORA band applies.',
    'The median of three failures is one of them: look at n.',
    'It is silent about failures that nobody noticed.',
  ],
});
