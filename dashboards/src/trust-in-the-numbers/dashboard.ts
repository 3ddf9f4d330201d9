import { parts, rows, stat, trend } from '../lib/panels.ts';
import { defineDashboard } from '../lib/spec.ts';

const HERE = 'trust-in-the-numbers';

export const dashboard = defineDashboard(() => ({
  id: HERE,
  title: 'Trust in the numbers',
  question: 'How much of the truth do the figures hold, how old is it, and what would mend the gaps?',
  audience: 'whoever doubts a figure, and the developer-productivity team',
  from: 'now-90d',
  variables: ['group', 'team', 'service', 'repository'],
  annotations: [],
  rows: [
    {
      key: 'coverage',
      title: 'Coverage',
      panels: [
        stat('deployment_link_rate', { width: 6, height: 5 }),
        stat('team_attribution_rate', { width: 6, height: 5 }),
        stat('deployment_revision_rate', { width: 6, height: 5 }),
        stat('incident_attribution_rate', { width: 6, height: 5 }),
        trend('deployment_link_rate', {
          width: 12,
          title: 'Changes linked to a deployment, by month',
          grain: 'month',
        }),
        trend('team_attribution_rate', {
          width: 12,
          title: 'Changes whose team is known, by month',
          grain: 'month',
        }),
        parts('deployment_link_rate', 'repo', { width: 24, leadsTo: HERE }),
      ],
    },
    {
      key: 'freshness',
      title: 'Freshness',
      panels: [
        stat('source_freshness', { width: 6, title: 'Age of the data', measure: 'age' }),
        parts('source_freshness', 'source', {
          width: 18,
          height: 7,
          measure: 'age',
          leadsTo: 'bellwether-itself',
        }),
      ],
    },
    {
      key: 'gaps',
      title: 'Gaps, each with its fix',
      panels: [
        stat('data_findings', { width: 4, height: 5 }),
        parts('data_findings', 'finding', { width: 20, height: 5, leadsTo: HERE }),
        rows('data_findings', { width: 24, title: 'What is wrong with the data, and how to mend it' }),
        stat('truncations', { width: 4, height: 5 }),
        parts('truncations', 'finding', { width: 20, height: 5, leadsTo: HERE }),
        rows('truncations', { width: 24, title: 'What could not be read in full, and how to mend it' }),
      ],
    },
  ],
}));
