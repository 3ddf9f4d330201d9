import { evidence, parts, stat, trend } from '../lib/panels.ts';
import { defineDashboard } from '../lib/spec.ts';

const HERE = 'standards-adoption';
const noData = 'not collected yet';

export const dashboard = defineDashboard(() => ({
  id: HERE,
  title: 'Standards adoption',
  question: 'Which repositories keep to what we agreed on?',
  audience: 'the developer-productivity team, and teams that adopt a standard',
  from: 'now-180d',
  variables: ['group', 'team', 'service', 'repository'],
  annotations: [],
  rows: [
    {
      key: 'repositories',
      title: 'Repositories',
      panels: [
        stat('branch_protection_coverage', { width: 4 }),
        trend('branch_protection_coverage', {
          width: 8,
          title: 'Protected default branches by month',
          grain: 'month',
        }),
        stat('code_owner_coverage', { width: 4 }),
        trend('code_owner_coverage', {
          width: 8,
          title: 'Repositories with code owners by month',
          grain: 'month',
        }),
        parts('branch_protection_coverage', 'team_group', { width: 12, leadsTo: HERE }),
        parts('code_owner_coverage', 'team_group', { width: 12, leadsTo: HERE }),
      ],
    },
    {
      key: 'lint',
      title: 'Lint rules',
      panels: [
        stat('lint_adoption', { width: 4, noData }),
        evidence('lint_adoption', { width: 8, noData }),
        trend('lint_adoption', {
          width: 12,
          title: 'Repositories with the shared lint rules by month',
          grain: 'month',
        }),
      ],
    },
    {
      key: 'bot',
      title: 'What the review bot finds',
      panels: [
        stat('bot_findings', { width: 4, noData }),
        evidence('bot_findings', { width: 8, noData }),
        trend('bot_findings', { width: 12, title: 'Findings by week', draw: 'bars' }),
        parts('bot_findings', 'rule', { width: 24, leadsTo: HERE }),
      ],
    },
  ],
}));
