import { defineMetric } from '../metric.ts';
import { botPullRequests, otherBranches, pullRequestBasis } from '../wording/pull-requests.ts';

export const metric = defineMetric({
  id: 'time_to_first_review',
  category: 'flow',
  title: 'Time to first review',
  description:
    'How long a pull request waits, once it is ready, until another person reviews it; those that still wait, and those that ' +
    'nobody ever reviewed, lower the coverage.',
  source: 'Bellwether’s own; the first response is the part of review that authors feel most.',
  unit: 'seconds',
  direction: 'lower-is-better',
  grain: 'one pull request to the default branch that was ready for review, whatever became of it',
  at: 'when it was first ready for review, because that is when the wait begins; recent periods still gain values',
  aggregate: { kind: 'distribution' },
  hasBusinessHours: true,
  hasManyServices: true,
  dimensions: ['repo', 'service', 'team', 'team_group', 'is_bot'],
  gaps: {
    'not-yet-reviewed': 'it is open, and no other person has reviewed it yet',
    'no-review': 'it was merged or closed before any other person reviewed it',
    'before-ready': 'it was reviewed before it was ready, so nobody was waited for',
  },
  pending: { gaps: ['not-yet-reviewed', 'no-review'], since: 'waits_since', until: 'ended_at' },
  basis: pullRequestBasis,
  exclusions: [
    botPullRequests,
    otherBranches,
    {
      what: 'reviews by bots and by the author',
      why: 'they come at once, and are not what the author waits for',
      howToSee: 'domain.reviews',
    },
    {
      what: 'drafts that were never ready',
      why: 'nobody has been asked to look',
      howToSee: 'the metric work_in_progress, grouped by is_draft',
    },
  ],
  coverage:
    'of the pull requests that became ready in the period: those whose first review was waited for and came',
  drillDown: ['change_id'],
  requires: ['github.pull-requests'],
  howItMisleads: [
    'The last periods look better than they are: what waits longest has no value yet. Watch the coverage, and the gap not-yet-reviewed.',
    'A comment in the conversation is no review, though it may be all the author needed.',
    'Pull requests that are merged without a review are not in the median: see the self-merged changes.',
    'Nights and weekends are in it: ask for business hours beside it.',
    'Held against a limit, what has waited longer without a review has broken it; what was merged unreviewed in time is neither kept nor broken.',
    'One quick approval hides how long the second required one took.',
  ],
});
