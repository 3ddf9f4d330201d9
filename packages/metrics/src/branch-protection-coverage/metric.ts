import { defineMetric } from '../metric.ts';

export const metric = defineMetric({
  id: 'branch_protection_coverage',
  category: 'standards',
  title: 'Branch protection coverage',
  description: 'The share of repositories at work whose default branch is protected by a rule.',
  source: 'Bellwether’s own, of the standards that a repository can keep.',
  unit: 'ratio',
  direction: 'higher-is-better',
  grain: 'one repository that is neither archived nor a fork',
  at: 'when its state was last recorded; what it was before is not kept',
  aggregate: {
    kind: 'standing-ratio',
    numerator: 'repositories with a protected default branch',
    denominator: 'repositories at work whose rules could be read',
  },
  hasManyServices: true,
  dimensions: ['repo', 'service', 'team', 'team_group'],
  gaps: {
    'not-collected': 'nobody has read the rules yet',
    'out-of-reach': 'the token may not read all rules, so that none is seen proves nothing',
  },
  basis: {},
  exclusions: [
    {
      what: 'archived repositories and forks',
      why: 'nobody merges into them here',
      howToSee: 'facts.repositories, where is_archived or is_fork',
    },
  ],
  coverage: 'of the repositories at work: those whose rules could be read',
  drillDown: ['repo'],
  requires: ['github.branch-rules', 'github.repository'],
  howItMisleads: [
    'A rule protects in name: it may require nothing but a pull request. domain.branch_rules has what each one says.',
    'Classic protection can be read by administrators only; with a weaker token much is out of reach.',
    'Only the present is known: a repository appears on the day that its state was last recorded.',
  ],
});
