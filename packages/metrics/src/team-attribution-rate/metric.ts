import { defineMetric } from '../metric.ts';
import { changeBasis, commitStreams } from '../wording/deployments.ts';

export const metric = defineMetric({
  id: 'team_attribution_rate',
  category: 'data-quality',
  title: 'Team attribution rate',
  description: 'The share of merged changes whose author is known to have been in a team at that time.',
  source: 'Bellwether’s own: what belongs to no team is in no team’s figure.',
  unit: 'ratio',
  direction: 'higher-is-better',
  grain: 'one merged change',
  at: 'the merge',
  aggregate: { kind: 'ratio', numerator: 'changes of a known team', denominator: 'changes' },
  history: 'window',
  hasManyServices: true,
  dimensions: ['repo', 'service', 'team', 'team_group', 'is_bot', 'kind'],
  gaps: {},
  basis: changeBasis,
  exclusions: [
    {
      what: 'changes by bots',
      why: 'a bot is in no team',
      howToSee: "the filter bots: 'include' or 'only'",
    },
  ],
  coverage: 'always whole: each merged change is one row with a value',
  drillDown: ['change_id'],
  requires: [commitStreams, 'github-organisation.teams'],
  howItMisleads: [
    'It is 0% where no teams are collected at all: that is a state of the configuration and of nobody’s work.',
    'Teams that were too small to be shown count as known.',
    'Memberships from before the first collection are not known to have begun later: they hold from the beginning.',
    'Contributors from outside belong to no team, and rightly so.',
  ],
});
