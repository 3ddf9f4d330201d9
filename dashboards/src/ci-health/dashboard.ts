import { parts, stat, trend } from '../lib/panels.ts';
import { defineDashboard } from '../lib/spec.ts';

const HERE = 'ci-health';

export const dashboard = defineDashboard(() => ({
  id: HERE,
  title: 'CI health',
  question: 'Can builds be trusted, how long do people wait for them, and what do they cost?',
  audience: 'teams, and those who run the builds',
  from: 'now-30d',
  variables: ['group', 'team', 'service', 'repository', 'percentile'],
  annotations: [],
  rows: [
    {
      key: 'trust',
      title: 'Trust',
      panels: [
        stat('ci_success_rate', { width: 4 }),
        trend('ci_success_rate', { width: 8, title: 'Success rate by week' }),
        stat('flaky_run_rate', { width: 4 }),
        trend('flaky_run_rate', { width: 8, title: 'Flaky runs by week' }),
        stat('ci_retry_rate', { width: 4 }),
        trend('ci_retry_rate', { width: 8, title: 'Retries by week' }),
        stat('time_to_green', { width: 4, percentile: 'chosen' }),
        trend('time_to_green', { width: 8, title: 'Time to green by week', isSpread: true }),
        parts('ci_success_rate', 'repo', { width: 12, leadsTo: HERE }),
        parts('flaky_run_rate', 'repo', { width: 12, leadsTo: HERE }),
      ],
    },
    {
      key: 'speed',
      title: 'Speed',
      panels: [
        stat('ci_queue_time', { width: 4, percentile: 'chosen' }),
        trend('ci_queue_time', { width: 8, title: 'Waiting for a machine, by week', isSpread: true }),
        stat('ci_run_time', { width: 4, percentile: 'chosen' }),
        trend('ci_run_time', { width: 8, title: 'Running, by week', isSpread: true }),
        parts('ci_run_time', 'pipeline', { width: 12, percentile: 'chosen', leadsTo: HERE }),
        parts('ci_job_time', 'job', { width: 12, percentile: 'chosen', leadsTo: HERE }),
      ],
    },
    {
      key: 'cost',
      title: 'Cost',
      panels: [
        stat('ci_time_lost', { width: 4 }),
        trend('ci_time_lost', { width: 8, title: 'Time lost by week', draw: 'bars' }),
        stat('ci_cost', { width: 4 }),
        trend('ci_cost', { width: 8, title: 'Cost by week', draw: 'bars' }),
      ],
    },
  ],
}));
