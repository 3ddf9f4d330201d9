import { defineMetric } from '../metric.ts';

export const metric = defineMetric({
  id: 'code_owner_coverage',
  category: 'standards',
  title: 'Code owner coverage',
  description: 'The share of repositories at work that say in a CODEOWNERS file who answers for what.',
  source: 'Bellwether’s own, of the standards that a repository can keep.',
  unit: 'ratio',
  direction: 'higher-is-better',
  grain: 'one repository that is neither archived nor a fork',
  at: 'when its state was last recorded; what it was before is not kept',
  aggregate: {
    kind: 'standing-ratio',
    numerator: 'repositories with code owners',
    denominator: 'repositories at work whose files were looked at',
  },
  hasManyServices: true,
  dimensions: ['repo', 'service', 'team', 'team_group'],
  gaps: { 'not-collected': 'nobody has looked for the file yet' },
  basis: {},
  exclusions: [
    {
      what: 'archived repositories and forks',
      why: 'nobody changes them here, so nobody has to answer for them',
      howToSee: 'facts.repositories, where is_archived or is_fork',
    },
  ],
  coverage: 'of the repositories at work: those in which the file was looked for',
  drillDown: ['repo'],
  requires: ['github.code-owners', 'github.repository'],
  howItMisleads: [
    'A file with one line for the whole repository counts like one that is kept with care.',
    'Only the present is known: a repository appears on the day that its state was last recorded.',
    'An owner who has left the company still stands in the file.',
  ],
});
