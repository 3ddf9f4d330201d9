import { defineMetric } from '../metric.ts';

export const metric = defineMetric({
  id: 'lint_adoption',
  category: 'standards',
  title: 'Lint adoption',
  description: 'The share of repositories that use the shared lint configuration, of those that report.',
  source: 'Bellwether’s own.',
  unit: 'ratio',
  direction: 'higher-is-better',
  grain: 'one report of a repository, standing until its next one',
  at: 'when the report was made; a repository that has never reported stands from when its state was last recorded',
  aggregate: {
    kind: 'standing-ratio',
    numerator: 'repositories that use the shared configuration',
    denominator: 'repositories that report',
  },
  hasManyServices: true,
  dimensions: ['repo', 'service', 'team', 'team_group'],
  gaps: { 'never-reported': 'no lint report of it has arrived' },
  basis: {},
  exclusions: [
    {
      what: 'archived repositories and forks',
      why: 'nobody adopts anything there',
      howToSee: 'facts.repositories, where is_archived or is_fork',
    },
    {
      what: 'repositories that have never reported: counted, without a value',
      why: 'whether they use it is not known',
      howToSee: "metrics.lint_adoption, where gap = 'never-reported'",
    },
  ],
  coverage: 'of the repositories at work: those that report',
  drillDown: ['report_id'],
  requires: ['lint.reports'],
  howItMisleads: [
    'Those who report are those who care: without the coverage the share says little.',
    'A repository adopts the configuration and turns its rules off: domain.lint_reports has disabled_rules.',
    'A report stands until the next one, however old it is.',
    'Repositories without code that the linter reads count like the others.',
  ],
});
