import { evidence, parts, rows, stat, trend } from '../lib/panels.ts';
import { defineDashboard } from '../lib/spec.ts';

const HERE = 'incidents-and-recovery';

export const dashboard = defineDashboard(() => ({
  id: HERE,
  title: 'Incidents and recovery',
  question: 'How often does production need somebody at once, and how soon is it well again?',
  audience: 'those on call, and team leads',
  from: 'now-90d',
  variables: ['group', 'team', 'service', 'repository', 'environment', 'percentile', 'benchmark_year'],
  annotations: [
    { kind: 'deployments', isShown: false },
    { kind: 'incidents', isShown: true },
  ],
  rows: [
    {
      key: 'often',
      title: 'How often',
      panels: [
        stat('incidents', { width: 4 }),
        evidence('incidents', { width: 8 }),
        trend('incidents', {
          width: 12,
          title: 'Incidents by week and severity',
          groupBy: 'severity',
          draw: 'bars',
        }),
        parts('incidents', 'service', { width: 12, leadsTo: HERE }),
        rows('incidents', { width: 12, title: 'Incidents, latest first' }),
      ],
    },
    {
      key: 'soon',
      title: 'How soon',
      panels: [
        stat('incident_acknowledge_time', { width: 4, percentile: 'chosen' }),
        trend('incident_acknowledge_time', {
          width: 8,
          title: 'Time to acknowledge by month',
          grain: 'month',
          isSpread: true,
        }),
        stat('incident_resolve_time', { width: 4, percentile: 'chosen' }),
        trend('incident_resolve_time', {
          width: 8,
          title: 'Time to resolve by month',
          grain: 'month',
          isSpread: true,
        }),
        stat('failed_deployment_recovery_time', {
          width: 4,
          title: 'Recovery from failed deployments',
          percentile: 'chosen',
        }),
        evidence('failed_deployment_recovery_time', { width: 8, percentile: 'chosen' }),
        rows('failed_deployment_recovery_time', {
          width: 12,
          height: 7,
          title: 'Failures still open',
          only: 'open',
        }),
      ],
    },
    {
      key: 'why',
      title: 'Why, and when',
      panels: [
        stat('change_caused_incident_rate', { width: 6, height: 5 }),
        stat('incident_attribution_rate', { width: 6, height: 5 }),
        stat('out_of_hours_incident_rate', { width: 6, height: 5 }),
        stat('change_fail_rate', { width: 6, height: 5, leadsTo: 'dora-in-detail' }),
      ],
    },
  ],
}));
