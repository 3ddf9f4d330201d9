import { evidence, parts, rows, stat, trend } from '../lib/panels.ts';
import { defineDashboard } from '../lib/spec.ts';

const HERE = 'dora-in-detail';
const deployment = { deployment_id: 'deployment' };

export const dashboard = defineDashboard(({ targets }) => {
  const target = (metric: string) => (targets[metric] === undefined ? {} : { target: targets[metric] });
  return {
    id: HERE,
    title: 'DORA in detail',
    question: 'Which services, deployments and changes are behind the five DORA metrics?',
    audience: 'team leads, and whoever clicked on a figure of the first page',
    from: 'now-90d',
    variables: [
      'group',
      'team',
      'service',
      'repository',
      'environment',
      'percentile',
      'benchmark_year',
      'deployment',
    ],
    annotations: [
      { kind: 'deployments', isShown: false },
      { kind: 'incidents', isShown: true },
    ],
    rows: [
      {
        key: 'frequency',
        title: 'Deployment frequency',
        panels: [
          stat('deployment_frequency', {
            title: 'Deployments per week',
            width: 4,
            measure: 'per-week',
            ...target('deployment_frequency'),
          }),
          evidence('deployment_frequency', {
            width: 8,
            measure: 'per-week',
            ...target('deployment_frequency'),
          }),
          trend('deployment_frequency', { width: 12, title: 'Deployments by week', draw: 'bars' }),
          parts('deployment_frequency', 'service', { width: 12, measure: 'per-week', leadsTo: HERE }),
          rows('deployment_frequency', { width: 12, title: 'Deployments', keys: deployment }),
        ],
      },
      {
        key: 'lead-time',
        title: 'Change lead time',
        panels: [
          stat('change_lead_time', { width: 4, percentile: 'chosen', ...target('change_lead_time') }),
          evidence('change_lead_time', { width: 8, percentile: 'chosen', ...target('change_lead_time') }),
          trend('change_lead_time', { width: 12, title: 'Change lead time by week', isSpread: true }),
          parts('change_lead_time', 'service', { width: 12, percentile: 'chosen', leadsTo: HERE }),
          rows('change_lead_time', { width: 12, title: 'Changes', keys: deployment }),
        ],
      },
      {
        key: 'fail-rate',
        title: 'Change fail rate and rework',
        panels: [
          stat('change_fail_rate', { width: 4, ...target('change_fail_rate') }),
          evidence('change_fail_rate', { width: 8, ...target('change_fail_rate') }),
          trend('change_fail_rate', { width: 12, title: 'Change fail rate by month', grain: 'month' }),
          parts('change_fail_rate', 'service', { width: 12, leadsTo: HERE }),
          rows('change_fail_rate', {
            width: 12,
            title: 'Failed deployments',
            only: 'failures',
            keys: deployment,
          }),
          stat('deployment_rework_rate', { width: 4, ...target('deployment_rework_rate') }),
          evidence('deployment_rework_rate', { width: 8, ...target('deployment_rework_rate') }),
          trend('deployment_rework_rate', { width: 12, title: 'Rework by month', grain: 'month' }),
        ],
      },
      {
        key: 'recovery',
        title: 'Recovery from failed deployments',
        panels: [
          stat('failed_deployment_recovery_time', {
            width: 4,
            title: 'Recovery time',
            percentile: 'chosen',
            ...target('failed_deployment_recovery_time'),
          }),
          evidence('failed_deployment_recovery_time', {
            width: 8,
            percentile: 'chosen',
            ...target('failed_deployment_recovery_time'),
          }),
          rows('failed_deployment_recovery_time', {
            width: 12,
            height: 7,
            title: 'Failures and their recovery',
            keys: deployment,
          }),
        ],
      },
    ],
  };
});
