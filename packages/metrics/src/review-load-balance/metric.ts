import { defineMetric } from '../metric.ts';

export const metric = defineMetric({
  id: 'review_load_balance',
  category: 'review',
  title: 'Review load balance',
  description:
    'How unevenly the reviews of a period are spread over the people of a team: the Gini coefficient, and, of twenty people ' +
    'or more, the share that the busiest tenth carries.',
  source:
    'Corrado Gini’s coefficient, 1912: the mean absolute difference of all pairs over twice the mean. 0: all alike.',
  unit: 'coefficient',
  direction: 'lower-is-better',
  grain: 'one team, one group or the whole organisation, and one week, month or quarter',
  at: 'the beginning of the calendar period, in the time zone of the organisation',
  aggregate: { kind: 'concentration' },
  dimensions: ['team', 'team_group'],
  gaps: {
    'too-few-reviewers': 'a spread needs two people and a review to spread',
  },
  basis: {
    members:
      'everybody who was in the team during the period, reviewing or not; in the organisation also who reviewed and is in no team',
  },
  exclusions: [
    {
      what: 'teams and groups with fewer people than `privacy.minimumGroupSize`: no row',
      why: 'a spread over three people names them',
      howToSee: 'not at all',
    },
    {
      what: 'the share of the busiest tenth, of fewer than twenty people',
      why: 'a tenth of them is one person, or two, and the share says how much that one did',
      howToSee: 'not at all',
    },
    {
      what: 'reviews by bots, of pull requests by bots, and of one’s own',
      why: 'they are no load that people take from each other',
      howToSee: 'domain.reviews',
    },
  ],
  coverage: 'the one row of the team and period, if its spread is known',
  drillDown: ['review_count', 'member_count'],
  requires: ['github.pull-requests'],
  howItMisleads: [
    'A new or absent member is a holder of nothing and makes the load look uneven.',
    'It counts reviews, not the hours behind them: one large review weighs as much as one of ten lines.',
    'With few reviews it is high by chance: five reviews cannot be even over ten people. Look at review_count.',
    'A senior who reviews for everybody is a risk and often a choice. The number does not know which.',
    'Nothing can be added up from it: a group’s figure is not the mean of its teams’.',
  ],
});
