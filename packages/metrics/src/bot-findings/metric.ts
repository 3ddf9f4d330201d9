import { defineMetric } from '../metric.ts';

export const metric = defineMetric({
  id: 'bot_findings',
  category: 'standards',
  title: 'Bot findings',
  description: 'What the review bot found in pull requests, by rule, and what became of it.',
  source: 'Bellwether’s own.',
  unit: 'findings',
  direction: 'neither',
  grain: 'one finding of the review bot in a pull request',
  at: 'when the bot first said so',
  aggregate: { kind: 'count' },
  hasManyServices: true,
  dimensions: ['repo', 'service', 'team', 'team_group', 'rule', 'severity'],
  gaps: {},
  basis: {
    open: 'nobody has answered it yet',
    fixed: 'a later push mended it',
    dismissed: 'somebody said that it does not apply',
    'merged-anyway': 'the pull request was merged with it',
    closed: 'the pull request was closed without a merge',
  },
  exclusions: [
    {
      what: 'repositories that the bot does not look at',
      why: 'nothing can be found where nobody looks: they have no row, and not zero findings',
      howToSee: 'facts.repositories, those without a row in domain.bot_findings',
    },
  ],
  coverage: 'always whole: each finding is one row with a value',
  drillDown: ['finding_id', 'number', 'rule', 'path'],
  requires: ['bot.findings'],
  howItMisleads: [
    'It rises with the number of pull requests, of rules, and of repositories that the bot looks at.',
    'Many findings that are dismissed speak against the rule, not against the team: look at `basis`.',
    'What became of the findings of the last days is not decided yet.',
  ],
});
