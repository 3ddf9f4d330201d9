import type { MetricId } from '@bellwether/metrics';
import { evidence, parts, stat, trend } from '../lib/panels.ts';
import { type DashboardSettings, defineDashboard, type PanelSpec } from '../lib/spec.ts';

const DETAIL = 'dora-in-detail';

/** A line of the page: the number, what is needed to judge it, its course. */
function line(
  metric: MetricId,
  { targets }: DashboardSettings,
  { title, measure, draw }: { title: string; measure?: 'per-week'; draw?: 'bars' },
): PanelSpec[] {
  const target = targets[metric];
  const asked = { ...(measure && { measure }), ...(target !== undefined && { target }) };
  return [
    stat(metric, { width: 5, height: 5, title, leadsTo: DETAIL, ...asked }),
    evidence(metric, { width: 9, height: 5, title: `${title}: how to judge it`, ...asked }),
    trend(metric, { width: 10, height: 5, title: `${title} by week`, ...(draw && { draw }) }),
  ];
}

export const dashboard = defineDashboard((settings) => ({
  id: 'engineering-at-a-glance',
  title: 'Engineering at a glance',
  question: 'How do we deliver, is it getting better, and where should we look next?',
  audience: 'leadership, every Monday',
  from: 'now-90d',
  variables: ['group', 'team', 'benchmark_year'],
  annotations: [{ kind: 'incidents', isShown: false }],
  rows: [
    {
      key: 'dora',
      title: 'The five DORA metrics',
      panels: [
        ...line('deployment_frequency', settings, {
          title: 'Deployments per week',
          measure: 'per-week',
          draw: 'bars',
        }),
        ...line('change_lead_time', settings, { title: 'Change lead time' }),
        ...line('change_fail_rate', settings, { title: 'Change fail rate' }),
        ...line('failed_deployment_recovery_time', settings, { title: 'Recovery from failed deployments' }),
        ...line('deployment_rework_rate', settings, { title: 'Deployment rework rate' }),
      ],
    },
    {
      key: 'next',
      title: 'Where to look next: what got clearly worse stands first, the rest by name',
      panels: [
        parts('change_lead_time', 'team_group', { width: 12, leadsTo: DETAIL }),
        parts('change_fail_rate', 'team_group', { width: 12, leadsTo: DETAIL }),
      ],
    },
    {
      key: 'way',
      title: 'On its way',
      panels: [
        stat('changes_awaiting_deployment', { width: 6, height: 5, leadsTo: 'flow-of-changes' }),
        stat('changes_awaiting_deployment', {
          key: 'changes_awaiting_deployment-age',
          title: 'Half of them wait for longer than',
          width: 6,
          height: 5,
          measure: 'age',
          leadsTo: 'flow-of-changes',
        }),
        stat('source_freshness', {
          title: 'Age of the data',
          about: 'Half of what is collected was read more recently than this.',
          width: 6,
          height: 5,
          measure: 'age',
          leadsTo: 'trust-in-the-numbers',
        }),
        stat('team_attribution_rate', {
          title: 'Changes whose team is known',
          width: 6,
          height: 5,
          leadsTo: 'trust-in-the-numbers',
        }),
      ],
    },
  ],
}));
