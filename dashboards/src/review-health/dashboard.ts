import { parts, stat, trend } from '../lib/panels.ts';
import { defineDashboard } from '../lib/spec.ts';

export const dashboard = defineDashboard(() => ({
  id: 'review-health',
  title: 'Review health',
  question: 'Do reviews come soon, are they read, and is the load shared?',
  audience: 'teams',
  from: 'now-90d',
  variables: ['group', 'team', 'service', 'repository', 'percentile'],
  annotations: [],
  rows: [
    {
      key: 'waiting',
      title: 'Waiting',
      panels: [
        stat('time_to_first_review', { width: 4, percentile: 'chosen' }),
        trend('time_to_first_review', { width: 8, title: 'Time to first review by week', isSpread: true }),
        stat('review_response_time', { width: 4, percentile: 'chosen' }),
        trend('review_response_time', { width: 8, title: 'Review response time by week', isSpread: true }),
        parts('time_to_first_review', 'team', { width: 24, percentile: 'chosen', leadsTo: 'team-page' }),
      ],
    },
    {
      key: 'depth',
      title: 'Depth',
      panels: [
        stat('review_rounds', { width: 6, height: 5, percentile: 'chosen' }),
        stat('review_depth', { width: 6, height: 5, percentile: 'chosen' }),
        stat('silent_approval_rate', { width: 6, height: 5 }),
        stat('self_merge_rate', { width: 6, height: 5 }),
        trend('silent_approval_rate', { width: 12, title: 'Silent approvals by week' }),
        trend('self_merge_rate', { width: 12, title: 'Self-merges by week' }),
      ],
    },
    {
      key: 'load',
      title: 'Shared load, and knowledge',
      panels: [
        trend('review_load_balance', {
          width: 12,
          title: 'How unevenly reviews are spread, by month',
          about:
            '0: everybody gives as many; towards 1: one person gives them all. No person can be told from it.',
          grain: 'month',
        }),
        trend('cross_team_review_rate', { width: 12, title: 'Reviews from other teams by week' }),
        trend('knowledge_concentration', {
          width: 24,
          title: 'People who know a path, by quarter',
          grain: 'quarter',
          isSpread: true,
        }),
      ],
    },
  ],
}));
