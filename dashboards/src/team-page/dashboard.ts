import { findMetric } from '@bellwether/metrics';
import { evidence, rows, stages, stat, text, trend } from '../lib/panels.ts';
import { type AgreementSettings, defineDashboard, type PanelSpec } from '../lib/spec.ts';

/** The share that keeps an agreement, and the rows that broke it are behind the metric's own page. */
function agreementPanels({ name, metric, limit, keeps, clock, target }: AgreementSettings): PanelSpec[] {
  const { id } = findMetric(metric);
  const key = `agreement-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
  const asked = { keeps, target, ...(clock === 'business' && { clock }) };
  const about = `Agreed: "${name}" (${limit}), kept by ${String(Math.round(target * 100))}% at least.`;
  return [
    stat(id as Parameters<typeof stat>[0], { key, title: name, about, width: 6, height: 6, ...asked }),
    evidence(id as Parameters<typeof evidence>[0], {
      key: `${key}-evidence`,
      title: `${name}: how to judge it`,
      about,
      width: 6,
      height: 6,
      ...asked,
    }),
  ];
}

const noAgreements = text(
  'no-agreements',
  'No agreements yet',
  'A team that agrees on something, such as a first review within a business day, writes it under `agreements:` in ' +
    '`bellwether.yaml` and runs `bellwether dashboards build` again. Then this row shows how often it is kept.',
  { width: 24, height: 3 },
);

export const dashboard = defineDashboard(({ agreements }) => ({
  id: 'team-page',
  title: 'Team page',
  question: 'How does this team work, and does it keep to what it agreed on?',
  audience: 'one team, about itself: pick it above',
  from: 'now-90d',
  variables: ['group', 'team', 'service', 'repository', 'percentile'],
  annotations: [
    { kind: 'deployments', isShown: true },
    { kind: 'incidents', isShown: true },
  ],
  rows: [
    {
      key: 'agreements',
      title: 'Working agreements',
      panels: agreements.length === 0 ? [noAgreements] : agreements.flatMap(agreementPanels),
    },
    {
      key: 'delivery',
      title: 'Delivery',
      panels: [
        stat('deployment_frequency', { width: 4, title: 'Deployments per week', measure: 'per-week' }),
        trend('deployment_frequency', { width: 8, title: 'Deployments by week', draw: 'bars' }),
        stat('change_lead_time', { width: 4, percentile: 'chosen', leadsTo: 'dora-in-detail' }),
        trend('change_lead_time', { width: 8, title: 'Change lead time by week', isSpread: true }),
        stages('cycle_time', { width: 24, title: 'What a delivered pull request took on average, by stage' }),
      ],
    },
    {
      key: 'review',
      title: 'Review',
      panels: [
        stat('time_to_first_review', { width: 4, percentile: 'chosen', leadsTo: 'review-health' }),
        trend('time_to_first_review', { width: 8, title: 'Time to first review by week', isSpread: true }),
        stat('review_rounds', { width: 4, percentile: 'chosen' }),
        trend('pull_request_size', { width: 8, title: 'Size of pull requests by week', isSpread: true }),
      ],
    },
    {
      key: 'open',
      title: 'Open now',
      panels: [
        stat('work_in_progress', { width: 4 }),
        rows('work_in_progress', { width: 20, height: 8, title: 'Open pull requests' }),
      ],
    },
  ],
}));
