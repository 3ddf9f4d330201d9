import { parts, rows, stages, stat, trend } from '../lib/panels.ts';
import { defineDashboard } from '../lib/spec.ts';

const HERE = 'flow-of-changes';

export const dashboard = defineDashboard(() => ({
  id: HERE,
  title: 'Flow of changes',
  question: 'Where does the time go between the first commit and production?',
  audience: 'teams, and those who help them to be quicker',
  from: 'now-90d',
  variables: ['group', 'team', 'service', 'repository', 'percentile'],
  annotations: [
    { kind: 'deployments', isShown: false },
    { kind: 'incidents', isShown: false },
  ],
  rows: [
    {
      key: 'stages',
      title: 'Stages',
      panels: [
        stages('cycle_time', { width: 16, title: 'What a delivered pull request took on average, by stage' }),
        stat('cycle_time', { width: 8, height: 9, percentile: 'chosen', leadsTo: 'dora-in-detail' }),
        stat('coding_time', { width: 5, height: 5, percentile: 'chosen' }),
        stat('pickup_time', { width: 5, height: 5, percentile: 'chosen' }),
        stat('review_time', { width: 5, height: 5, percentile: 'chosen' }),
        stat('merge_wait_time', { width: 5, height: 5, percentile: 'chosen' }),
        stat('deploy_time', { width: 4, height: 5, percentile: 'chosen' }),
      ],
    },
    {
      key: 'percentiles',
      title: 'Percentiles, and size',
      panels: [
        trend('cycle_time', { width: 12, title: 'Cycle time by week', isSpread: true }),
        trend('pull_request_size', {
          width: 12,
          title: 'Size of pull requests by week',
          about: 'Beside the cycle time: where size goes, time follows.',
          isSpread: true,
        }),
        parts('cycle_time', 'team', { width: 12, percentile: 'chosen', leadsTo: 'team-page' }),
        rows('cycle_time', { width: 12, title: 'Pull requests that reached production' }),
      ],
    },
    {
      key: 'open',
      title: 'Work in progress, and its age',
      panels: [
        stat('work_in_progress', { width: 4 }),
        stat('work_in_progress', {
          key: 'work_in_progress-age',
          title: 'Open for',
          width: 4,
          measure: 'age',
          percentile: 'chosen',
        }),
        trend('work_in_progress', { width: 8, title: 'Open pull requests at the end of each week' }),
        trend('work_in_progress', {
          key: 'work_in_progress-age-trend',
          title: 'Age of open pull requests',
          width: 8,
          measure: 'age',
          isSpread: true,
        }),
        stat('changes_awaiting_deployment', { width: 4 }),
        stat('changes_awaiting_deployment', {
          key: 'changes_awaiting_deployment-age',
          title: 'Waiting for',
          width: 4,
          measure: 'age',
          percentile: 'chosen',
        }),
        trend('changes_awaiting_deployment', {
          width: 8,
          title: 'Merged and not deployed, at the end of each week',
        }),
        trend('abandoned_pull_requests', { width: 8, title: 'Abandoned pull requests by week' }),
        rows('work_in_progress', { width: 24, title: 'Open pull requests' }),
      ],
    },
  ],
}));
