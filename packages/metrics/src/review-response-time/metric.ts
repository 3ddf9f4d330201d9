import { defineMetric } from '../metric.ts';
import { botPullRequests, negativeGap } from '../wording/pull-requests.ts';

export const metric = defineMetric({
  id: 'review_response_time',
  category: 'review',
  title: 'Review response time',
  description:
    'How long a team lets others wait for its reviews: from the request, or from what the author pushed since, to each review.',
  source: 'Bellwether’s own. Each review answers something; the time since then is the response.',
  unit: 'seconds',
  direction: 'lower-is-better',
  grain: 'one review by a person who is not the author; its team is the reviewer’s',
  at: 'when the review was given, because only then is it known how long it took',
  aggregate: { kind: 'distribution' },
  hasBusinessHours: true,
  hasManyServices: true,
  dimensions: ['repo', 'service', 'team', 'team_group', 'is_bot'],
  gaps: {
    'unknown-start':
      'nobody had asked, nothing was new since the same person’s last review, or it was already merged',
    negative: negativeGap,
  },
  basis: {
    requested: 'since the review was asked of this person or of their team',
    ready: 'nobody was asked: since the pull request was ready for review',
    updated: 'a further review: since the author pushed, after this person’s last review',
  },
  exclusions: [
    botPullRequests,
    {
      what: 'reviews by bots and by the author',
      why: 'nobody waits for them',
      howToSee: 'domain.reviews',
    },
    {
      what: 'requests that nobody has answered yet',
      why: 'they have no end',
      howToSee: 'the metrics time_to_first_review (gap not-yet-reviewed) and work_in_progress',
    },
  ],
  coverage: 'of the reviews given in the period: those of which it is known since when they were waited for',
  drillDown: ['change_id', 'state'],
  requires: ['github.pull-requests'],
  howItMisleads: [
    'It speaks of reviews that were given. A team that never answers has none: read it with the time to first review.',
    'The one who looks out of interest after a week makes the team look slow: see the basis ready.',
    'A quick answer is no good answer: read it with the review depth and the approvals without a word.',
    'Nights and weekends are in it: ask for business hours beside it.',
  ],
});
